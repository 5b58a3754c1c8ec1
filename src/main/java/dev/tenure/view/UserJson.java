package dev.tenure.view;

import dev.tenure.access.ConsoleUser;
import dev.tenure.access.ConsoleUsers;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Who may sign in to the console, as JSON.
public final class UserJson {
  private UserJson() {}

  public static ArrayNode of(List<ConsoleUser> users) {
    var list = JsonNodeFactory.instance.arrayNode();
    for (var user : users) {
      var node = list.addObject().put("user", user.name()).put("role", user.role().word());
      node.put("madeAt", user.madeAt().toString()).put("temporary", user.temporary());
      user.lastSeen().ifPresent(at -> node.put("seenAt", at.toString()));
    }
    return list;
  }

  /// With the password that was made, which is shown this once.
  public static ObjectNode handed(ConsoleUsers.Made made) {
    var node = JsonNodeFactory.instance.objectNode().put("user", made.name());
    return node.put("password", made.password().reveal());
  }
}
