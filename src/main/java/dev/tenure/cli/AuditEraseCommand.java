package dev.tenure.cli;

import dev.tenure.audit.Erasure;
import dev.tenure.cli.Faces.Column;
import dev.tenure.flow.FlowErasure;
import dev.tenure.flow.FlowErasure.Kept;
import dev.tenure.id.Correlation;
import dev.tenure.id.FlowId;
import dev.tenure.id.PersonKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.node.JsonNodeFactory;

/// Forgets a person.
final class AuditEraseCommand implements Command {
  private static final String PERSON = "PERSON";
  private static final String FLOW = "flow/";

  @Override
  public String name() {
    return "erase";
  }

  @Override
  public String summary() {
    return "Erases what tells of a person from flows and logs, for good; the chain stays intact.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Commands.parameter(spec, PERSON, "The person's key, userName or account id.");
    Commands.option(spec, "--log", "LOG", "Only in flow/NAME or organization/NAME.");
    Commands.flag(spec, "--yes", "Really do it: nothing brings it back.");
  }

  @Override
  public int run(Call call) throws Exception {
    if (!call.flag("--yes")) {
      throw call.usage("nothing brings back what is erased: say --yes if that is what you want");
    }
    try (var workplace = call.open()) {
      var erased =
          new Correlation("cli", UUID.randomUUID().toString())
              .call(() -> erased(workplace, call.text(PERSON), call.optional("--log")));
      call.terminal().out().println(call.json() ? json(erased) : table(erased));
      return 0;
    }
  }

  /// What one log, or the rest of what one flow keeps, lost.
  private record Erased(String where, long rows, Optional<Kept> kept) {
    static Erased of(Erasure log) {
      return new Erased(log.log(), log.rows(), Optional.empty());
    }

    static Erased of(FlowErasure flow) {
      return new Erased("data of flow " + flow.flow(), flow.rows(), flow.kept());
    }
  }

  /// What flows keep comes first: it tells under which keys their logs have the person.
  private static List<Erased> erased(Workplace workplace, String person, Optional<String> log)
      throws InterruptedException {
    boolean isOrganization = log.filter(l -> !l.startsWith(FLOW)).isPresent();
    var flow = log.filter(l -> l.startsWith(FLOW)).map(l -> l.substring(FLOW.length()));
    var people =
        isOrganization
            ? Map.<FlowId, PersonKey>of()
            : workplace.eraser().find(person, flow.map(FlowId::new));
    var erased = new ArrayList<Erased>();
    workplace.eraser().erase(people).forEach(e -> erased.add(Erased.of(e)));
    var chain = workplace.auditChain();
    chain.erase(person, log).forEach(e -> erased.add(Erased.of(e)));
    for (var one : people.entrySet()) {
      if (one.getValue().value().equals(person)) continue;
      var itsLog = FLOW + one.getKey();
      chain
          .erase(one.getValue().value(), Optional.of(itsLog))
          .forEach(e -> erased.add(Erased.of(e)));
    }
    return erased;
  }

  private static String table(List<Erased> erased) {
    if (erased.isEmpty()) return "nothing tells of this person";
    var rest =
        erased.stream()
            .filter(e -> e.kept().isPresent())
            .map(e -> "\nnot all of the " + e.where() + " could go: " + e.kept().get().remedy())
            .collect(Collectors.joining());
    return Faces.table(
            erased,
            List.of(
                new Column<>("where", Erased::where), new Column<>("rows erased", Erased::rows)))
        + rest;
  }

  private static String json(List<Erased> erased) {
    var array = JsonNodeFactory.instance.arrayNode();
    for (var one : erased) {
      var node = array.addObject().put("where", one.where()).put("rows", one.rows());
      one.kept().ifPresent(kept -> node.put("kept", kept.wire()));
    }
    return Faces.json(array);
  }
}
