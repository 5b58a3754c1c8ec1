package dev.tenure.plan;

import dev.tenure.id.AccountId;
import dev.tenure.id.GroupId;
import dev.tenure.id.PersonKey;
import dev.tenure.scim.Reading;
import dev.tenure.scim.Resource;
import dev.tenure.scim.patch.Patch;
import dev.tenure.target.Account;
import dev.tenure.target.Group;
import dev.tenure.target.Request;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A target in memory that does what it is told by the rules of SCIM, and refuses a userName that
/// is taken.
final class ModelTarget {
  private final Map<AccountId, Account> accounts = new LinkedHashMap<>();
  private final Set<Change> stepped = new HashSet<>();
  private final Map<PersonKey, AccountId> links = new LinkedHashMap<>();
  private final Map<GroupId, Group> groups = new LinkedHashMap<>();
  private final boolean showsGroups;
  private int made;
  private int requests;

  ModelTarget(World world) {
    world.accounts().forEach(a -> accounts.put(a.id(), a));
    world.links().forEach(l -> links.put(l.person(), l.account()));
    showsGroups = world.memberships().isPresent();
    world.memberships().ifPresent(this::keep);
  }

  private void keep(Memberships seen) {
    for (var known : seen.groups()) {
      var members =
          seen.byAccount().entrySet().stream()
              .filter(e -> e.getValue().contains(known.id()))
              .map(Map.Entry::getKey)
              .toList();
      groups.put(known.id(), new Group(known.id(), known.name(), members));
    }
  }

  /// What is not held is done; then it is as after a delivery.
  void apply(Plan plan) {
    plan.links().forEach(l -> links.put(l.person(), l.account()));
    var open = new ArrayList<>(plan.changes().stream().filter(c -> !c.held()).toList());
    var given = new HashSet<String>();
    while (!open.isEmpty()) {
      var next = open.stream().filter(c -> isReady(c, given)).findFirst();
      if (next.isPresent()) {
        apply(next.get());
        given.add(next.get().handover().gives());
        open.remove(next.get());
      } else {
        given.add(stepAside(open));
      }
    }
  }

  private static boolean isReady(Change change, Set<String> given) {
    var takes = change.handover().takes();
    return takes.isEmpty() || given.contains(takes);
  }

  /// The first who makes way; the name that is free then.
  private String stepAside(List<Change> open) {
    var first =
        open.stream()
            .filter(c -> c.handover().makesWay() && !stepped.contains(c))
            .findFirst()
            .orElseThrow();
    stepped.add(first);
    requests++;
    var id = ((Request.Patch) first.request()).account();
    var json = known(id).resource().json();
    put(id, Resource.of(json.put("userName", first.handover().detour())));
    return first.handover().gives();
  }

  /// How many it was sent.
  int requests() {
    return requests;
  }

  private void apply(Change change) {
    requests++;
    switch (change.request()) {
      case Request.Create(var resource) -> {
        var id = new AccountId("made" + made++);
        put(id, resource);
        links.put(change.person(), id);
      }
      case Request.Patch(var id, var operations, _) ->
          put(id, Patch.apply(known(id).resource(), operations, Rules.USER, Reading.STRICT));
      case Request.Delete(var id, _) -> {
        accounts.remove(id);
        List.copyOf(groups.keySet()).forEach(group -> members(group, List.of(id), List.of()));
      }
      case Request.Members(var group, var remove, var add) -> {
        remove.forEach(id -> requireMember(group, id, true));
        add.forEach(id -> requireMember(group, id, false));
        add.forEach(this::known);
        members(group, remove, add);
      }
      case Request.CreateGroup(var name, var members) -> {
        members.forEach(this::known);
        var id = new GroupId("made" + made++);
        groups.put(id, new Group(id, name, members));
      }
    }
  }

  /// What makes no difference is not asked for.
  private void requireMember(GroupId group, AccountId account, boolean is) {
    if (Optional.ofNullable(groups.get(group)).orElseThrow().members().contains(account) != is) {
      throw new AssertionError(account + " in " + group + " should be " + is);
    }
  }

  private void members(GroupId id, List<AccountId> remove, List<AccountId> add) {
    var group = Optional.ofNullable(groups.get(id)).orElseThrow();
    var members = new ArrayList<>(group.members());
    members.removeAll(remove);
    members.addAll(add);
    groups.put(id, new Group(id, group.name(), members));
  }

  List<Group> groups() {
    return List.copyOf(groups.values());
  }

  private Account known(AccountId id) {
    return Optional.ofNullable(accounts.get(id)).orElseThrow();
  }

  private void put(AccountId id, Resource resource) {
    var name = resource.text("userName").orElseThrow().toLowerCase(Locale.ROOT);
    for (var other : accounts.values()) {
      var taken = other.resource().text("userName").orElseThrow().toLowerCase(Locale.ROOT);
      if (taken.equals(name) && !other.id().equals(id)) {
        throw new AssertionError("userName " + name + " is taken by " + other.id());
      }
    }
    accounts.put(id, new Account(id, Optional.of("2"), resource));
  }

  World world(World before) {
    var kept = new ArrayList<Link>();
    links.forEach((person, account) -> kept.add(new Link(person, account)));
    var world =
        new World(
            before.standings(), before.sourceComplete(), List.copyOf(accounts.values()), kept);
    return showsGroups ? world.with(Memberships.of(groups())) : world;
  }
}
