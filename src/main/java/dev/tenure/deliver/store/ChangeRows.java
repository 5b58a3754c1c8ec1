package dev.tenure.deliver.store;

import dev.tenure.deliver.ChangeJson;
import dev.tenure.deliver.ChangeState;
import dev.tenure.deliver.StoredChange;
import dev.tenure.id.PersonKey;
import dev.tenure.plan.Change;
import dev.tenure.plan.Grants;
import dev.tenure.plan.GroupJson;
import dev.tenure.plan.Handover;
import dev.tenure.plan.Lane;
import dev.tenure.plan.PlanJson;
import dev.tenure.scim.schema.ResourceType;
import dev.tenure.target.Request;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Rows of `change`.
final class ChangeRows {
  private ChangeRows() {}

  static StoredChange read(ResultSet row, ResourceType userType) throws SQLException {
    return new StoredChange(
        row.getInt("seq"),
        change(row, ChangeJson.request(ChangeJson.parse(row.getString("request")), userType)),
        ChangeState.of(row.getString("state")),
        row.getInt("attempts"),
        Optional.ofNullable(row.getString("problem"))
            .map(ChangeJson::parse)
            .map(ChangeJson::problem),
        Optional.ofNullable(row.getString("reference")),
        Optional.ofNullable(row.getTimestamp("settled_at")).map(Timestamp::toInstant));
  }

  /// A change of a group.
  static Change ofGroup(ResultSet row) throws SQLException {
    return change(row, GroupJson.read(ChangeJson.parse(row.getString("request"))));
  }

  private static Change change(ResultSet row, Request request) throws SQLException {
    return new Change(
        Lane.of(row.getInt("lane")),
        new PersonKey(row.getString("person")),
        row.getString("name"),
        request,
        ChangeJson.reasons(ChangeJson.parse(row.getString("reasons"))),
        new Change.Marks(
            row.getBoolean("held"),
            row.getString("cluster"),
            (ObjectNode) ChangeJson.parse(row.getString("before")),
            PlanJson.readMembers(ChangeJson.parse(row.getString("members"))),
            new Handover(text(row, "gives"), text(row, "takes"), text(row, "detour"))));
  }

  private static String text(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column)).orElse("");
  }

  /// The changes as a JSON array of rows, numbered from `firstSeq` on. `doubtful`: whether part of
  /// it may have happened already.
  static String json(List<Change> changes, int firstSeq, Predicate<Change> doubtful) {
    var array = JsonNodeFactory.instance.arrayNode();
    var seq = firstSeq;
    for (var change : changes) {
      fill(array.addObject().put("seq", seq).put("doubtful", doubtful.test(change)), change);
      seq++;
    }
    return array.toString();
  }

  private static void fill(ObjectNode row, Change change) {
    row.put("lane", change.lane().rank());
    row.put("person", change.person().value()).put("name", change.name());
    target(change.request()).ifPresent(id -> row.put("account", id));
    row.set("members", PlanJson.members(change.marks().members()));
    row.set("request", ChangeJson.request(change.request()));
    row.set("reasons", ChangeJson.reasons(change.reasons()));
    row.put("held", change.held()).put("digest", ChangeJson.digest(change));
    var gains = row.putArray("gains");
    Grants.gained(change).forEach(gains::add);
    row.put("cluster", change.cluster()).set("before", before(change));
    var handover = change.handover();
    if (!handover.gives().isEmpty()) row.put("gives", handover.gives());
    if (!handover.takes().isEmpty()) row.put("takes", handover.takes());
    if (handover.makesWay()) row.put("detour", handover.detour());
  }

  /// What a password was is not kept (law 10).
  private static ObjectNode before(Change change) {
    var before = change.before().deepCopy();
    before.remove("password");
    return before;
  }

  /// The id of what is changed, where the target has it already.
  private static Optional<String> target(Request request) {
    return switch (request) {
      case Request.Create _, Request.CreateGroup _ -> Optional.empty();
      case Request.Patch(var account, _, _) -> Optional.of(account.value());
      case Request.Delete(var account, _) -> Optional.of(account.value());
      case Request.Members(var group, _, _) -> Optional.of(group.value());
    };
  }
}
