package dev.tenure.cli;

import dev.tenure.cli.Faces.Column;
import dev.tenure.deliver.DeadLetter;
import dev.tenure.view.FailedJson;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// Lists the changes that were given up, each with what to do about it.
final class FailedCommand implements Command {
  private static final String LIMIT = "--limit";
  private static final int USUAL = 100;

  @Override
  public String name() {
    return "failed";
  }

  @Override
  public String summary() {
    return "Lists a flow's changes that were given up, each with what to do about it.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Commands.flow(spec);
    Commands.option(spec, LIMIT, "N", "At most so many; 100 where nothing is said.");
  }

  @Override
  public int run(Call call) {
    try (var workplace = call.open()) {
      var flow = workplace.flow(call.flow());
      var limit = call.optional(LIMIT).isPresent() ? call.count(LIMIT) : USUAL;
      var letters = workplace.plans().deadLetters(flow.id(), limit);
      call.terminal()
          .out()
          .print(call.json() ? Faces.json(FailedJson.of(letters)) + "\n" : table(letters));
      return 0;
    }
  }

  private static String table(List<DeadLetter> letters) {
    return Faces.table(
        letters,
        List.of(
            new Column<>("since", DeadLetter::since),
            new Column<>("plan", l -> l.plan().value()),
            new Column<>("account", DeadLetter::name),
            new Column<>("lane", l -> l.lane().wire()),
            new Column<>("tries", DeadLetter::attempts),
            new Column<>("why", FailedCommand::why),
            new Column<>("what to do", l -> l.problem().remedy())));
  }

  private static String why(DeadLetter letter) {
    var answer = letter.problem().details().get("answer");
    return letter.problem().message() + (answer == null ? "" : " (" + answer + ")");
  }
}
