package dev.tenure.deliver.store;

import dev.tenure.deliver.ChangeJson;
import dev.tenure.deliver.ReadBack;
import dev.tenure.deliver.Step;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The steps of a leaver in a row of [Receipts]: those of the account's own change, then the groups
/// that were left, each by a change of many people.
final class LeftGroups {
  private LeftGroups() {}

  static List<Step> steps(ResultSet row) throws SQLException {
    var own = own(row);
    var person = row.getString("person");
    var groups =
        json(row.getString("left_groups")).stream()
            .flatMap(all -> all.valueStream())
            .flatMap(change -> left(change, person).stream());
    return Stream.concat(own.stream(), groups).toList();
  }

  /// What was done before the change was sent once more keeps its time.
  private static List<Step> own(ResultSet row) throws SQLException {
    var last = json(row.getString("steps")).map(Step::read);
    var before = json(row.getString("steps_before")).map(Step::read).orElse(List.of());
    var done = new LinkedHashMap<String, Step>();
    for (var step : before) {
      if (step.at().isPresent()) done.putIfAbsent(step.what(), step);
    }
    return last.orElseGet(() -> List.copyOf(done.values())).stream()
        .map(step -> done.getOrDefault(step.what(), step))
        .toList();
  }

  private static Optional<JsonNode> json(@Nullable String text) {
    return Optional.ofNullable(text).map(ChangeJson::parse);
  }

  /// Members and reasons stand in the same order.
  private static List<Step> left(JsonNode change, String person) {
    var steps = new ArrayList<Step>();
    var members = change.path("members");
    var reasons = change.path("reasons");
    for (var i = 0; i < members.size() && i < reasons.size(); i++) {
      var group = reasons.path(i).path("before").asString("");
      var isTheirs = members.path(i).path("person").asString("").equals(person);
      if (isTheirs && !group.isEmpty()) steps.add(step(change, group));
    }
    return steps;
  }

  private static Step step(JsonNode change, String group) {
    var isDone = change.path("done").asBoolean(false);
    return new Step(
        "leave " + group,
        text(change, "at").filter(_ -> isDone).map(t -> OffsetDateTime.parse(t).toInstant()),
        text(change, "readBack").map(ReadBack::of),
        text(change, "reference"));
  }

  private static Optional<String> text(JsonNode node, String name) {
    return Optional.of(node.path(name)).filter(JsonNode::isString).map(JsonNode::stringValue);
  }
}
