package dev.tenure.plan;

import dev.tenure.id.AccountId;
import dev.tenure.id.GroupId;
import dev.tenure.target.Request;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Requests that change groups, as JSON: `{"kind": "members", "group": "…", "remove": ["…"], "add":
/// ["…"]}` and `{"kind": "create-group", "name": "…", "members": ["…"]}`.
public final class GroupJson {
  public static final String MEMBERS = "members";
  public static final String CREATE = "create-group";

  private GroupJson() {}

  /// Writes such a request into this node; nothing for another one.
  public static void write(Request request, ObjectNode node) {
    switch (request) {
      case Request.Members(var group, var remove, var add) -> {
        node.put("kind", MEMBERS).put("group", group.value());
        list(node, "remove", remove);
        list(node, "add", add);
      }
      case Request.CreateGroup(var name, var members) -> {
        node.put("kind", CREATE).put("name", name);
        list(node, MEMBERS, members);
      }
      case Request.Create _, Request.Patch _, Request.Delete _ -> {
        // Of accounts.
      }
    }
  }

  /// The request that was written so.
  public static Request read(JsonNode node) {
    return node.path("kind").asString("").equals(MEMBERS)
        ? new Request.Members(
            new GroupId(node.path("group").asString("")), list(node, "remove"), list(node, "add"))
        : new Request.CreateGroup(node.path("name").asString(""), list(node, MEMBERS));
  }

  private static void list(ObjectNode node, String name, List<AccountId> accounts) {
    var list = node.putArray(name);
    accounts.forEach(account -> list.add(account.value()));
  }

  private static List<AccountId> list(JsonNode node, String name) {
    return node.path(name).valueStream().map(id -> new AccountId(id.asString(""))).toList();
  }
}
