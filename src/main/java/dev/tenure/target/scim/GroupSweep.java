package dev.tenure.target.scim;

import dev.tenure.id.AccountId;
import dev.tenure.id.GroupId;
import dev.tenure.target.Group;
import dev.tenure.target.Target.ReadOutcome;
import dev.tenure.target.scim.PagedList.Broken;
import dev.tenure.target.scim.PagedList.Pages;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// One whole read of the groups: its pages add up, and every group comes once. Some servers leave
/// the members out of lists; a group that came without any is asked for once more by itself.
final class GroupSweep {
  /// Groups may be large, so fewer are asked for at once.
  private static final int PAGE_MAX = 25;

  private final PagedList groups;
  private final Set<String> seen = new HashSet<>();
  private final List<Group> bare = new ArrayList<>();
  private long given;

  /// `endpoint` is that of the groups.
  GroupSweep(Pages pages, String endpoint, Failures failures) {
    this.groups = new PagedList(pages.ofAtMost(PAGE_MAX), endpoint, failures);
  }

  /// Gives those whose name is wanted.
  ReadOutcome all(Predicate<String> wanted, Consumer<Group> taker) {
    try {
      groups.each(Optional.empty(), group -> take(group, wanted, taker));
      for (var group : bare) give(read(groups.one(group.id().value())), taker);
      return new ReadOutcome.Complete(given);
    } catch (Broken e) {
      return new ReadOutcome.Incomplete(e.problem());
    }
  }

  private void take(JsonNode json, Predicate<String> wanted, Consumer<Group> taker) throws Broken {
    var group = read(json);
    if (!seen.add(group.id().value())) throw groups.broken("group " + group.id() + " came twice");
    if (!wanted.test(group.name())) return;
    if (group.members().isEmpty()) bare.add(group);
    else give(group, taker);
  }

  private void give(Group group, Consumer<Group> taker) {
    given++;
    taker.accept(group);
  }

  private Group read(JsonNode json) throws Broken {
    return group(json).orElseThrow(() -> groups.broken("a group has no id"));
  }

  /// As a server answers it; absent for what is no group with an id.
  static Optional<Group> group(JsonNode json) {
    var id = json.path("id").asString("");
    if (id.isBlank()) return Optional.empty();
    var members = new ArrayList<AccountId>();
    for (var member : json.path("members")) {
      var value = member.path("value").asString("");
      var isGroup = member.path("type").asString("").equalsIgnoreCase("Group");
      if (!isGroup && !value.isBlank()) members.add(new AccountId(value));
    }
    var name = json.path("displayName").asString("").strip();
    return Optional.of(new Group(new GroupId(id), name, members));
  }
}
