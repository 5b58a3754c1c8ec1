package dev.tenure.source.scim;

import dev.tenure.id.PersonKey;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.remote.Wire;
import dev.tenure.scim.ScimJson;
import dev.tenure.source.Feed.Event;
import dev.tenure.source.Feed.Known;
import dev.tenure.source.scim.ScimProblems.Broken;
import dev.tenure.source.scim.ScimSourceConfig.GroupsFrom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/// One read of the changes of a server: first the groups, then the users that changed, then those
/// whom a changed group concerns.
final class ScimRound {
  /// So many are read one by one; of more, everybody is read.
  private static final int ONE_BY_ONE_MAX = 500;

  private final ScimSourceConfig config;
  private final ScimPages pages;
  private final ScimProblems problems;
  private final Known known;
  private final Consumer<Event> events;
  private final Set<String> members = new HashSet<>();
  private final Set<PersonKey> formerMembers = new HashSet<>();
  private final Set<String> told = new HashSet<>();
  private final List<Problem> findings = new ArrayList<>();
  private Optional<ScimGroups> now = Optional.empty();
  private boolean hasNested;

  ScimRound(ScimSourceConfig config, ScimPages pages, Known known, Consumer<Event> events) {
    this.config = config;
    this.pages = pages;
    this.problems = new ScimProblems(config.base());
    this.known = known;
    this.events = events;
  }

  /// The groups as they are now: as they were `before`, where none has changed since.
  ScimGroups groups(String since, Optional<ScimGroups> before) throws Broken {
    var changed = new ArrayList<JsonNode>();
    if (ScimGroups.areListed(config.groups())) pages.each("/Groups", since, changed::add);
    if (config.groups() == GroupsFrom.EACH) {
      for (int i = 0; i < changed.size(); i++) {
        var id = Members.text(changed.get(i), "id");
        changed.set(i, pages.get("/Groups/" + Wire.encoded(id)));
      }
    }
    var groups =
        changed.isEmpty() && before.isPresent()
            ? before.get()
            : ScimGroups.read(pages, config.groups());
    for (var group : changed) concern(group, groups);
    now = Optional.of(groups);
    return groups;
  }

  private void concern(JsonNode group, ScimGroups groups) {
    formerMembers.addAll(known.inGroup(ScimGroups.name(group)));
    var id = Members.text(group, "id");
    hasNested |=
        groups.paths().downwards(List.of(id)).stream().filter(groups.paths()::has).count() > 1;
    members.addAll(ScimGroups.membersOf(group));
  }

  /// Whether the people that changed groups concern cannot be read one by one.
  boolean isTooMuch() {
    var byKey = config.keying().isSearchable() || formerMembers.isEmpty();
    return hasNested || !byKey || members.size() + formerMembers.size() > ONE_BY_ONE_MAX;
  }

  void users(String since) throws Broken {
    pages.each("/Users", since, this::tell);
    for (var id : members) {
      if (!told.contains(id)) one("id", id).ifPresent(this::tell);
    }
    for (var key : formerMembers) {
      one(config.keying().key(), key.value())
          .filter(user -> !told.contains(Members.text(user, "id")))
          .ifPresent(this::tell);
    }
  }

  /// The user who has this value; empty where there is none now, which does not make them gone.
  private Optional<JsonNode> one(String attribute, String value) throws Broken {
    var filter = attribute + " eq " + ScimJson.write(StringNode.valueOf(value));
    var found = new ArrayList<JsonNode>();
    pages.each("/Users", "filter=" + Wire.encoded(filter), found::add);
    if (found.size() > 1) throw problems.incomplete("a filter for one user found several");
    return found.stream().findFirst();
  }

  private void tell(JsonNode user) {
    if (!told.add(Members.text(user, "id"))) return;
    var keying = config.keying();
    var key = keying.key(user);
    if (key.isEmpty()) findings.add(withoutKey(user));
    else if (keying.isForeign(user)) events.accept(new Event.Gone(key.get()));
    else {
      var groups = now.orElseThrow().of(user);
      keying.person(user, groups).map(Event.Changed::new).ifPresent(events);
    }
  }

  private Problem withoutKey(JsonNode user) {
    return new Problem(
        Code.SOURCE_ROW,
        "a user has no usable key and was left out",
        Map.of("record", "user " + Members.text(user, "id"), "key", config.keying().key()),
        "give the user a value in '" + config.keying().key() + "'");
  }

  List<Problem> findings() {
    return findings;
  }
}
