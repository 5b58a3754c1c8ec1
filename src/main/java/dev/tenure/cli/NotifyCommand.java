package dev.tenure.cli;

import dev.tenure.cli.Faces.Column;
import dev.tenure.notify.Kind;
import dev.tenure.notify.Outbox.Standing;
import dev.tenure.view.ReceiverRow;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// Who is told what happens, and whether they take it.
final class NotifyCommand implements Command {
  private static final String RECEIVER = "RECEIVER";

  @Override
  public String name() {
    return "notify";
  }

  @Override
  public String summary() {
    return "Lists who is told what happens, what waits for them, and their last answer.";
  }

  @Override
  public void declare(CommandSpec spec) {}

  @Override
  public List<Command> commands() {
    return List.of(new ToldCommand(), new Test());
  }

  @Override
  public int run(Call call) {
    try (var workplace = call.open()) {
      var rows = ReceiverRow.all(workplace.notifier());
      call.terminal()
          .out()
          .print(call.json() ? Faces.json(ReceiverRow.json(rows)) + "\n" : table(rows));
      return 0;
    }
  }

  private static String table(List<ReceiverRow> rows) {
    if (rows.isEmpty()) return "nobody is told: add somebody under notify.receivers\n";
    return Faces.table(
        rows,
        List.of(
            new Column<>("receiver", r -> r.receiver().name()),
            new Column<>("to", r -> r.receiver().way().shown()),
            new Column<>("kinds", r -> kinds(r)),
            new Column<>("waiting", ReceiverRow::waiting),
            new Column<>("failures", r -> r.standing().map(Standing::failures).orElse(0)),
            new Column<>("last answer", r -> r.standing().map(Standing::answer).orElse("")),
            new Column<>(
                "at",
                r -> r.standing().flatMap(Standing::answeredAt).map(Object::toString).orElse(""))));
  }

  private static String kinds(ReceiverRow row) {
    var kinds = row.kinds();
    return kinds.size() == Kind.values().length ? "all" : String.join(", ", kinds);
  }

  /// Sends a message at once.
  private static final class Test implements Command {
    @Override
    public String name() {
      return "test";
    }

    @Override
    public String summary() {
      return "Sends a receiver a message now, and tells its answer.";
    }

    @Override
    public void declare(CommandSpec spec) {
      Commands.parameter(spec, RECEIVER, "The receiver's name in the configuration.");
    }

    @Override
    public int run(Call call) {
      try (var workplace = call.open()) {
        var receiver = call.text(RECEIVER);
        var words = workplace.notifier().test(receiver);
        if (call.json()) {
          call.terminal().out().println(Faces.json(ReceiverRow.tested(receiver, words)));
        } else {
          call.terminal().out().println(receiver + ": " + words);
        }
        return 0;
      }
    }
  }
}
