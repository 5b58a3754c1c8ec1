package dev.tenure.view;

import dev.tenure.organization.LimitUse;
import dev.tenure.store.TenantStore.GroupRow;
import dev.tenure.store.TenantStore.Hour;
import dev.tenure.store.TenantStore.Rate;
import dev.tenure.store.TenantStore.SessionRow;
import dev.tenure.store.TenantStore.StreamRow;
import dev.tenure.store.TenantStore.UserRow;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Who and what is in an organization, as JSON; what is counted is counted to 1,001 at most where
/// the store says so.
public final class TenantJson {
  private TenantJson() {}

  public static ObjectNode users(List<UserRow> users) {
    return list(
        "users",
        users,
        (node, user) -> {
          node.put("id", user.id().toString()).put("userName", user.userName());
          user.displayName().ifPresent(name -> node.put("displayName", name));
          node.put("active", user.active());
          user.externalId().ifPresent(id -> node.put("externalId", id));
          user.division().ifPresent(name -> node.put("division", name));
          user.roles().forEach(node.putArray("roles")::add);
          user.skus().forEach(node.putArray("licences")::add);
        });
  }

  public static ObjectNode groups(List<GroupRow> groups) {
    return list(
        "groups",
        groups,
        (node, group) -> {
          node.put("id", group.id().toString()).put("name", group.name());
          group.externalId().ifPresent(id -> node.put("externalId", id));
          node.put("members", group.members());
        });
  }

  public static ObjectNode sessions(List<SessionRow> sessions) {
    return list(
        "sessions",
        sessions,
        (node, session) -> {
          node.put("id", session.id().toString()).put("user", session.user().toString());
          node.put("userName", session.userName()).put("application", session.application());
          node.put("startedAt", session.begun().toString());
          node.put("expiresAt", session.ends().toString());
        });
  }

  /// Streams of security events.
  public static ObjectNode streams(List<StreamRow> streams) {
    return list(
        "streams",
        streams,
        (node, stream) -> {
          node.put("id", stream.id().toString()).put("client", stream.client());
          node.put("audience", stream.audience()).put("method", stream.method());
          node.put("status", stream.status());
          stream.reason().ifPresent(reason -> node.put("reason", reason));
          node.put("failures", stream.failures()).put("waiting", stream.waiting());
        });
  }

  /// Rate limits that are configured, and what was refused for them.
  public static ObjectNode limits(List<Rate> limits, List<Hour> refused) {
    var answer =
        list(
            "limits",
            limits,
            (node, limit) -> {
              if (!limit.client().isEmpty()) node.put("client", limit.client());
              node.put("requestsPerMinute", limit.perMinute()).put("burst", limit.burst());
            });
    var hours = answer.putArray("refused");
    for (var hour : refused) {
      hours.addObject().put("hour", hour.hour().toString()).put("requests", hour.size());
    }
    return answer;
  }

  /// How clients use their limits now, by their names.
  public static ArrayNode use(Map<String, LimitUse> uses) {
    var list = JsonNodeFactory.instance.arrayNode();
    uses.forEach((client, use) ->
        list.addObject()
            .put("client", client)
            .put("requestsPerMinute", use.perMinute())
            .put("burst", use.burst())
            .put("left", use.left()));
    return list;
  }

  private static <T> ObjectNode list(String name, List<T> rows, BiConsumer<ObjectNode, T> put) {
    var answer = JsonNodeFactory.instance.objectNode();
    var list = answer.putArray(name);
    rows.forEach(row -> put.accept(list.addObject(), row));
    return answer;
  }
}
