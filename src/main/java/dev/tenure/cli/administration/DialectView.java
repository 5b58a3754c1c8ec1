package dev.tenure.cli.administration;

import dev.tenure.cli.Faces;
import dev.tenure.cli.Faces.Column;
import dev.tenure.organization.Dialects.Habit;
import dev.tenure.organization.Dialects.Seen;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// How a client speaks SCIM, in plain words.
final class DialectView {
  private DialectView() {}

  static String text(List<Seen> seen) {
    if (seen.isEmpty()) return "No request of this client was seen.";
    return seen.stream().map(DialectView::text).collect(Collectors.joining("\n"));
  }

  private static String text(Seen seen) {
    var facts =
        "%-15s%s%n%-15s%s%n%-15s%s%n%-15s%d, the last %s%n"
            .formatted(
                "with",
                seen.credential().isEmpty() ? "access tokens" : "bearer token " + seen.credential(),
                "dialect",
                seen.dialect().title(),
                "user agent",
                seen.agent(),
                "requests",
                seen.requests(),
                seen.last());
    if (seen.habits().isEmpty()) return facts + "It sends nothing odd.\n";
    var habits =
        Faces.table(
            seen.habits(),
            List.of(
                new Column<>("what it does", h -> h.oddity().meaning()),
                new Column<>("requests", Habit::requests),
                new Column<>("last", Habit::last)));
    return facts + "\n" + habits;
  }

  static ArrayNode json(List<Seen> all) {
    var json = JsonNodeFactory.instance.arrayNode();
    for (var seen : all) {
      var node = json.addObject().put("credential", seen.credential());
      node.put("dialect", seen.dialect().word()).put("title", seen.dialect().title());
      node.put("agent", seen.agent()).put("requests", seen.requests());
      node.put("first", seen.first().toString()).put("last", seen.last().toString());
      var habits = node.putArray("oddities");
      for (var habit : seen.habits()) {
        var odd = habits.addObject().put("oddity", habit.oddity().word());
        odd.put("meaning", habit.oddity().meaning()).put("requests", habit.requests());
        odd.put("first", habit.first().toString()).put("last", habit.last().toString());
      }
    }
    return json;
  }
}
