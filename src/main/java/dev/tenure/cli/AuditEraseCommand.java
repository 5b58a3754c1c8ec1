package dev.tenure.cli;

import dev.tenure.cli.Faces.Column;
import dev.tenure.flow.Forgetting;
import dev.tenure.flow.Forgetting.Forgotten;
import dev.tenure.id.Correlation;
import dev.tenure.view.ErasedJson;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/// Forgets a person.
final class AuditEraseCommand implements Command {
  private static final String PERSON = "PERSON";

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
              .call(() ->
                  new Forgetting(workplace.eraser(), workplace.auditChain())
                      .forget(call.text(PERSON), call.optional("--log")));
      call.terminal()
          .out()
          .println(call.json() ? Faces.json(ErasedJson.of(erased)) : table(erased));
      return 0;
    }
  }

  private static String table(List<Forgotten> erased) {
    if (erased.isEmpty()) return "nothing tells of this person";
    var rest =
        erased.stream()
            .filter(e -> e.kept().isPresent())
            .map(e -> "\nnot all of the " + e.where() + " could go: " + e.kept().get().remedy())
            .collect(Collectors.joining());
    return Faces.table(
            erased,
            List.of(
                new Column<>("where", Forgotten::where),
                new Column<>("rows erased", Forgotten::rows)))
        + rest;
  }
}
