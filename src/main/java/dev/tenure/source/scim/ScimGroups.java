package dev.tenure.source.scim;

import dev.tenure.remote.Wire;
import dev.tenure.source.GroupPaths;
import dev.tenure.source.Memberships;
import dev.tenure.source.scim.ScimProblems.Broken;
import dev.tenure.source.scim.ScimSourceConfig.GroupsFrom;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// The groups of a server, as they were when they were read.
final class ScimGroups {
  private final GroupsFrom from;
  private final GroupPaths paths = new GroupPaths();
  private final Memberships members = new Memberships();

  private ScimGroups(GroupsFrom from) {
    this.from = from;
  }

  static ScimGroups read(ScimPages pages, GroupsFrom from) throws Broken {
    var groups = new ScimGroups(from);
    switch (from) {
      case NONE, USERS -> {}
      case MEMBERS -> pages.each("/Groups", "", groups::take);
      case EACH -> {
        var ids = new ArrayList<String>();
        pages.each("/Groups", "excludedAttributes=members", g -> ids.add(Members.text(g, "id")));
        for (var id : ids) groups.take(pages.get("/Groups/" + Wire.encoded(id)));
      }
    }
    return groups;
  }

  /// A member is a group or a user where it says so or its address does; else it is taken for both:
  /// ids tell users and groups apart.
  private void take(JsonNode group) {
    var id = Members.text(group, "id");
    paths.group(id, name(group));
    for (var member : Members.elements(Members.get(group, "members"))) {
      var value = Members.text(member, "value");
      if (value.isEmpty()) continue;
      if (isUser(member)) members.add(value, id);
      else paths.nest(value, id);
      if (!saysWhat(member)) members.add(value, id);
    }
  }

  /// The ids of the members of a group, those that are or may be users.
  static List<String> membersOf(JsonNode group) {
    return Members.elements(Members.get(group, "members")).stream()
        .filter(member -> isUser(member) || !saysWhat(member))
        .map(member -> Members.text(member, "value"))
        .filter(value -> !value.isEmpty())
        .toList();
  }

  static String name(JsonNode group) {
    var name = Members.text(group, "displayName");
    return name.isEmpty() ? Members.text(group, "id") : name;
  }

  private static boolean isUser(JsonNode member) {
    return Members.text(member, "type").equalsIgnoreCase("User")
        || Members.text(member, "$ref").contains("/Users/");
  }

  private static boolean saysWhat(JsonNode member) {
    return isUser(member)
        || Members.text(member, "type").equalsIgnoreCase("Group")
        || Members.text(member, "$ref").contains("/Groups/");
  }

  /// The groups of a user, by name with the path. What a user's own `groups` tell of groups above
  /// is without the way to them.
  SortedMap<String, List<String>> of(JsonNode user) {
    return switch (from) {
      case NONE -> new TreeMap<>();
      case MEMBERS, EACH -> paths.of(members.of(Members.text(user, "id")));
      case USERS -> {
        var groups = new TreeMap<String, List<String>>();
        for (var group : Members.elements(Members.get(user, "groups"))) {
          var display = Members.text(group, "display");
          var name = display.isEmpty() ? Members.text(group, "value") : display;
          if (!name.isEmpty()) groups.put(name, List.of(name));
        }
        yield groups;
      }
    };
  }

  /// Whether groups are read by themselves.
  static boolean areListed(GroupsFrom from) {
    return from == GroupsFrom.MEMBERS || from == GroupsFrom.EACH;
  }

  GroupPaths paths() {
    return paths;
  }
}
