package dev.tenure.source.organization;

import dev.tenure.organization.Roster.Group;
import dev.tenure.organization.Roster.User;
import dev.tenure.scim.ScimJson;
import dev.tenure.source.GroupPaths;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/// The groups of users, with the way to each.
final class UserGroups {
  private final GroupPaths paths = new GroupPaths();

  UserGroups(List<Group> groups) {
    for (var group : groups) {
      var id = group.id().toString();
      paths.group(id, group.name());
      group.groups().forEach(outer -> paths.nest(id, outer.toString()));
    }
  }

  SortedMap<String, List<String>> of(User user) {
    return paths.of(user.groups().stream().map(UUID::toString).toList());
  }

  /// The user as a SCIM resource, with its id.
  static ObjectNode document(User user) {
    var document = (ObjectNode) ScimJson.read(user.document());
    return document.put("id", user.id().toString());
  }
}
