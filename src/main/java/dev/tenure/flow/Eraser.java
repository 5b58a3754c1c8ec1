package dev.tenure.flow;

import dev.tenure.id.FlowId;
import dev.tenure.id.PersonKey;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Forgets a person in what flows keep.
public final class Eraser {
  private final Erasures erasures;
  private final Entrance entrance;

  public Eraser(Erasures erasures, FlowLocks locks) {
    this.erasures = erasures;
    this.entrance = new Entrance(locks);
  }

  /// In which flows there is somebody of this key, account id or userName, and under which key.
  /// Throws `PERSON_UNKNOWN` where it is more than one in a flow.
  public Map<FlowId, PersonKey> find(String who, Optional<FlowId> only) {
    var found = new TreeMap<FlowId, PersonKey>(Comparator.comparing(FlowId::value));
    for (var flow : only.map(List::of).orElseGet(erasures::flows)) {
      var called = erasures.called(flow, who);
      if (called.size() > 1) throw several(flow, who, called);
      if (!called.isEmpty()) found.put(flow, called.getFirst());
    }
    return found;
  }

  /// Forgets these. A turn of the flow that is under way ends first. Throws `FLOW_BUSY`.
  public List<FlowErasure> erase(Map<FlowId, PersonKey> people) {
    var erased = new ArrayList<FlowErasure>();
    for (var one : people.entrySet()) {
      try (var _ = entrance.enter(one.getKey(), Entrance.SHORT)) {
        erased.add(erasures.erase(one.getKey(), one.getValue()));
      }
    }
    return erased;
  }

  private static Problem.Found several(FlowId flow, String who, List<PersonKey> called) {
    return new Problem(
            Code.PERSON_UNKNOWN,
            "several people go by '" + who + "'",
            Map.of("flow", flow.value(), "person", called.toString()),
            "name one of these by the key")
        .found();
  }
}
