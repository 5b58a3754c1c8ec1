package dev.tenure.cli;

import dev.tenure.cli.Faces.Column;
import dev.tenure.notify.Kind;
import dev.tenure.notify.Outbox.Standing;
import dev.tenure.notify.Receiver;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Who is told what happens, and whether they take it.
final class NotifyCommand implements Command {
  private static final String RECEIVER = "RECEIVER";

  /// A receiver, and how it stands with it; absent where nothing was ever for it.
  private record Row(Receiver receiver, Optional<Standing> standing) {
    long waiting() {
      return standing.map(Standing::waiting).orElse(0L);
    }

    String answer() {
      return standing.map(Standing::answer).orElse("");
    }
  }

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
      var standings = new HashMap<String, Standing>();
      workplace.notifier().standings().forEach(s -> standings.put(s.receiver(), s));
      var rows = new ArrayList<Row>();
      for (var receiver : workplace.notifier().receivers()) {
        rows.add(new Row(receiver, Optional.ofNullable(standings.get(receiver.name()))));
      }
      call.terminal().out().print(call.json() ? Faces.json(json(rows)) + "\n" : table(rows));
      return 0;
    }
  }

  private static String table(List<Row> rows) {
    if (rows.isEmpty()) return "nobody is told: add somebody under notify.receivers\n";
    return Faces.table(
        rows,
        List.of(
            new Column<>("receiver", r -> r.receiver().name()),
            new Column<>("to", r -> r.receiver().way().shown()),
            new Column<>("kinds", r -> kinds(r.receiver())),
            new Column<>("waiting", Row::waiting),
            new Column<>("failures", r -> r.standing().map(Standing::failures).orElse(0)),
            new Column<>("last answer", Row::answer),
            new Column<>(
                "at",
                r -> r.standing().flatMap(Standing::answeredAt).map(Object::toString).orElse(""))));
  }

  private static String kinds(Receiver receiver) {
    if (receiver.kinds().size() == Kind.values().length) return "all";
    return String.join(", ", sorted(receiver));
  }

  private static List<String> sorted(Receiver receiver) {
    return Arrays.stream(Kind.values()).filter(receiver.kinds()::contains).map(Kind::wire).toList();
  }

  private static ObjectNode json(List<Row> rows) {
    var answer = JsonNodeFactory.instance.objectNode();
    var list = answer.putArray("receivers");
    for (var row : rows) {
      var node = list.addObject().put("receiver", row.receiver().name());
      node.put("to", row.receiver().way().shown());
      sorted(row.receiver()).forEach(node.putArray("kinds")::add);
      row.receiver().flows().stream().sorted().forEach(node.putArray("flows")::add);
      node.put("waiting", row.waiting());
      row.standing().ifPresent(standing -> put(node, standing));
    }
    return answer;
  }

  private static void put(ObjectNode node, Standing standing) {
    node.put("failures", standing.failures()).put("answer", standing.answer());
    standing.oldest().ifPresent(at -> node.put("oldest", at.toString()));
    standing.answeredAt().ifPresent(at -> node.put("answeredAt", at.toString()));
    standing.next().ifPresent(at -> node.put("nextTryAt", at.toString()));
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
          var answer = JsonNodeFactory.instance.objectNode().put("receiver", receiver);
          call.terminal().out().println(Faces.json(answer.put("answer", words)));
        } else {
          call.terminal().out().println(receiver + ": " + words);
        }
        return 0;
      }
    }
  }
}
