package dev.tenure.signal.store;

import dev.tenure.signal.EventType;
import dev.tenure.signal.Queue.Acknowledgement;
import dev.tenure.signal.Queue.Outcome;
import dev.tenure.signal.Signal;
import dev.tenure.signal.Signal.Change;
import dev.tenure.signal.Signal.Names;
import dev.tenure.signal.Signal.TokenId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Events as rows, and what is said of them as JSON for a statement.
final class SignalRows {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private SignalRows() {}

  static Signal signal(ResultSet row) throws SQLException {
    var type = row.getString("type");
    return new Signal(
        row.getLong("id"),
        row.getObject("txn", UUID.class),
        row.getString("subject"),
        EventType.of(type).orElseThrow(() -> new IllegalStateException("unknown event " + type)),
        new Names(
            StreamRows.text(row, "external_id"),
            StreamRows.text(row, "email"),
            Optional.ofNullable(row.getObject("session", UUID.class))),
        new Change(
            Optional.ofNullable(row.getObject("version", Long.class)),
            StreamRows.texts(row, "attributes").orElse(List.of()),
            ids(row, "joined"),
            ids(row, "parted"),
            StreamRows.text(row, "content")),
        row.getString("cause"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getInt("attempts"));
  }

  private static List<UUID> ids(ResultSet row, String column) throws SQLException {
    var array = row.getArray(column);
    return array == null ? List.of() : List.of((UUID[]) array.getArray());
  }

  static String outcomes(List<Outcome> outcomes) {
    var all = JSON.arrayNode();
    for (var outcome : outcomes) {
      var one = all.addObject();
      switch (outcome) {
        case Outcome.Accepted(var signal) -> one.put("id", signal.id()).put("state", "accepted");
        case Outcome.Refused(var signal, var err, var description) -> {
          one.put("id", signal.id()).put("state", "refused");
          one.put("err", err).put("description", description);
        }
        case Outcome.Failed(var signal, var next) -> {
          one.put("id", signal.id()).put("state", "failed");
          one.put("next_at", next.toString());
        }
      }
    }
    return all.toString();
  }

  static String said(Acknowledgement acknowledgement) {
    var all = JSON.arrayNode();
    acknowledgement.received().forEach(token -> put(all.addObject(), token));
    acknowledgement
        .refused()
        .forEach(refusal ->
            put(all.addObject(), refusal.token())
                .put("err", refusal.err())
                .put("description", refusal.description()));
    return all.toString();
  }

  private static ObjectNode put(ObjectNode node, TokenId token) {
    return node.put("id", token.id()).put("txn", token.txn().toString());
  }
}
