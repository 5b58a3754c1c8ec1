package dev.tenure.flow;

import dev.tenure.audit.AuditChain;
import dev.tenure.audit.Erasure;
import dev.tenure.flow.FlowErasure.Kept;
import dev.tenure.id.FlowId;
import dev.tenure.id.PersonKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Forgets a person in flows and audit logs, for good.
public record Forgetting(Eraser eraser, AuditChain chain) {
  private static final String FLOW = "flow/";

  /// What one log, or the rest of what one flow keeps, lost.
  public record Forgotten(String where, long rows, Optional<Kept> kept) {
    static Forgotten of(Erasure log) {
      return new Forgotten(log.log(), log.rows(), Optional.empty());
    }

    static Forgotten of(FlowErasure flow) {
      return new Forgotten("data of flow " + flow.flow(), flow.rows(), flow.kept());
    }
  }

  /// Forgets who has this key, userName or account id; `log`: only there. Throws `PERSON_UNKNOWN`
  /// where that is more than one in a flow, and `FLOW_BUSY`.
  public List<Forgotten> forget(String person, Optional<String> log) throws InterruptedException {
    // what flows keep comes first: it tells under which keys their logs have the person
    var people = people(person, log);
    var forgotten = new ArrayList<Forgotten>();
    eraser.erase(people).forEach(e -> forgotten.add(Forgotten.of(e)));
    chain.erase(person, log).forEach(e -> forgotten.add(Forgotten.of(e)));
    for (var one : people.entrySet()) {
      if (one.getValue().value().equals(person)) continue;
      var itsLog = Optional.of(FLOW + one.getKey());
      chain.erase(one.getValue().value(), itsLog).forEach(e -> forgotten.add(Forgotten.of(e)));
    }
    return forgotten;
  }

  private Map<FlowId, PersonKey> people(String person, Optional<String> log) {
    boolean isOrganization = log.filter(l -> !l.startsWith(FLOW)).isPresent();
    if (isOrganization) return Map.of();
    return eraser.find(person, log.map(l -> new FlowId(l.substring(FLOW.length()))));
  }
}
