package dev.tenure.plan;

import dev.tenure.scim.patch.PatchOperation;
import dev.tenure.target.Account;
import dev.tenure.target.Request;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What was there before a change: the attributes that it touches, each as a whole.
final class Befores {
  private Befores() {}

  static List<Change> remembering(List<Change> changes, People people) {
    return changes.stream()
        .map(c -> people.account(c.person()).map(a -> c.remembering(of(c.request(), a))).orElse(c))
        .toList();
  }

  /// An attribute that has no value is missing here; nothing is remembered of a creation.
  static ObjectNode of(Request request, Account account) {
    return switch (request) {
      case Request.Create _, Request.Members _, Request.CreateGroup _ ->
          JsonNodeFactory.instance.objectNode();
      case Request.Patch(_, var operations, _) -> touched(operations, account.resource().view());
      case Request.Delete _ -> account.resource().json();
    };
  }

  /// What a locked account no longer uses, and an opened one uses again.
  private static void seats(ObjectNode before, ObjectNode resource) {
    var roles = Values.member(resource, "roles");
    if (!Values.isNone(roles)) before.set("roles", roles.deepCopy());
  }

  /// The attributes that these operations touch, as the resource has them; the roles too, where it
  /// is opened or locked.
  static ObjectNode touched(List<PatchOperation> operations, ObjectNode resource) {
    var before = JsonNodeFactory.instance.objectNode();
    for (var operation : operations) {
      var ref = operation.path().attribute();
      var value = Values.whole(resource, ref);
      if (Values.isNone(value)) continue;
      var holder = ref.extension() ? before.withObjectProperty(ref.attribute().schema()) : before;
      holder.set(ref.attribute().name(), value.deepCopy());
      if (ref.attribute().name().equals("active")) seats(before, resource);
    }
    return before;
  }
}
