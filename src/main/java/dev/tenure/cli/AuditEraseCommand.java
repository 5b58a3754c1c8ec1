package dev.tenure.cli;

import dev.tenure.audit.Erasure;
import dev.tenure.cli.Faces.Column;
import dev.tenure.id.Correlation;
import java.util.List;
import java.util.UUID;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.node.JsonNodeFactory;

/// Forgets a person.
final class AuditEraseCommand implements Command {
  private static final String PERSON = "PERSON";

  @Override
  public String name() {
    return "erase";
  }

  @Override
  public String summary() {
    return "Erases what tells of a person from the audit logs, for good; the chain stays intact.";
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
      var erasures =
          new Correlation("cli", UUID.randomUUID().toString())
              .call(() -> workplace.auditChain().erase(call.text(PERSON), call.optional("--log")));
      call.terminal().out().println(call.json() ? json(erasures) : table(erasures));
      return 0;
    }
  }

  private static String table(List<Erasure> erasures) {
    if (erasures.isEmpty()) return "nothing tells of this person";
    return Faces.table(
        erasures,
        List.of(new Column<>("log", Erasure::log), new Column<>("rows erased", Erasure::rows)));
  }

  private static String json(List<Erasure> erasures) {
    var array = JsonNodeFactory.instance.arrayNode();
    erasures.forEach(e -> array.addObject().put("log", e.log()).put("rows", e.rows()));
    return Faces.json(array);
  }
}
