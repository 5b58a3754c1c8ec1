package dev.tenure.cli;

import dev.tenure.cli.Faces.Column;
import dev.tenure.notify.Message;
import dev.tenure.notify.Notifier;
import dev.tenure.notify.Outbox.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What receivers were told lately, and what still waits for them.
final class ToldCommand implements Command {
  private static final String LIMIT = "--limit";
  private static final int USUAL = 50;

  /// A message and how it stands; `at` is when it ended, or is tried again.
  private record Row(
      String receiver, Message message, String state, Optional<Instant> at, String answer) {}

  @Override
  public String name() {
    return "told";
  }

  @Override
  public String summary() {
    return "Lists the messages that wait, then what receivers were told, the last first.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Commands.option(spec, LIMIT, "N", "At most so many of each; 50 where nothing is said.");
  }

  @Override
  public int run(Call call) {
    try (var workplace = call.open()) {
      var limit = call.optional(LIMIT).isPresent() ? call.count(LIMIT) : USUAL;
      var rows = rows(workplace.notifier(), limit);
      call.terminal().out().print(call.json() ? Faces.json(json(rows)) + "\n" : table(rows));
      return 0;
    }
  }

  private static List<Row> rows(Notifier notifier, int limit) {
    Map<String, Standing> standings = new HashMap<>();
    notifier.standings().forEach(s -> standings.put(s.receiver(), s));
    var rows = new ArrayList<Row>();
    for (var open : notifier.open(limit)) {
      var standing = Optional.ofNullable(standings.get(open.receiver()));
      var answer = standing.filter(s -> s.failures() > 0).map(Standing::answer).orElse("");
      var next = standing.flatMap(Standing::next);
      rows.add(new Row(open.receiver(), open.message(), "waiting", next, answer));
    }
    for (var told : notifier.told(Long.MAX_VALUE, limit)) {
      var state = told.taken() ? "taken" : "given up";
      var at = Optional.of(told.settledAt());
      rows.add(new Row(told.receiver(), told.message(), state, at, told.answer()));
    }
    return rows;
  }

  private static String table(List<Row> rows) {
    if (rows.isEmpty()) return "nothing was told yet: tenure notify test RECEIVER tries it\n";
    return Faces.table(
        rows,
        List.of(
            new Column<>("state", Row::state),
            new Column<>("at", r -> r.at().map(Object::toString).orElse("at once")),
            new Column<>("receiver", Row::receiver),
            new Column<>("kind", r -> r.message().type()),
            new Column<>("what", r -> r.message().text("title")),
            new Column<>("answer", Row::answer)));
  }

  private static ObjectNode json(List<Row> rows) {
    var answer = JsonNodeFactory.instance.objectNode();
    var list = answer.putArray("messages");
    for (var row : rows) {
      var node = list.addObject().put("receiver", row.receiver()).put("state", row.state());
      row.at().ifPresent(at -> node.put("at", at.toString()));
      node.put("answer", row.answer()).put("id", row.message().id());
      node.put("kind", row.message().type()).put("madeAt", row.message().at().toString());
      node.set("content", row.message().content());
    }
    return answer;
  }
}
