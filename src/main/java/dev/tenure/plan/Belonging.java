package dev.tenure.plan;

import dev.tenure.id.GroupId;
import dev.tenure.id.PersonKey;
import dev.tenure.plan.Membership.In;
import dev.tenure.plan.Memberships.Known;
import dev.tenure.policy.Desired;
import dev.tenure.policy.Desired.Mapped;
import dev.tenure.policy.Standing;
import dev.tenure.policy.TargetGroups;
import dev.tenure.policy.TargetGroups.Missing;
import dev.tenure.target.Account;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Compares the groups that people should be in with those they are in. Only groups that the flow
/// manages are looked at, and only accounts that are somebody's of this flow: other members stay
/// (law 5).
final class Belonging {
  private static final String FIRST = "there is no account yet of this person";

  private final TargetGroups policy;
  private final Memberships seen;
  private final People people;
  private final Map<String, Known> byName = new HashMap<>();
  private final Map<GroupId, Known> byId = new HashMap<>();
  private final Set<String> ambiguous = new TreeSet<>();
  private final TreeMap<String, Set<PersonKey>> missing = new TreeMap<>();
  private final TreeMap<String, Set<PersonKey>> unmanaged = new TreeMap<>();
  private final Set<String> called = new HashSet<>();
  private final List<Membership> all = new ArrayList<>();

  Belonging(TargetGroups policy, Memberships seen, People people) {
    this.policy = policy;
    this.seen = seen;
    this.people = people;
    seen.groups().stream()
        .filter(g -> policy.manages(g.name()))
        .sorted(Comparator.comparing(g -> g.id().value()))
        .forEach(this::know);
    ambiguous.forEach(
        name -> byId.remove(Optional.ofNullable(byName.remove(name)).orElseThrow().id()));
  }

  /// Two groups of one name are left alone: nobody can tell which is meant.
  private void know(Known group) {
    var name = TargetGroups.folded(group.name());
    if (byName.putIfAbsent(name, group) == null) byId.put(group.id(), group);
    else ambiguous.add(name);
  }

  /// What differs, of those whom the reach concerns. `leaves` tells of leavers whose memberships
  /// end now. What cannot be done is noted.
  List<Membership> all(Reach reach, Predicate<Standing.Left> leaves) {
    for (var standing : people.standings()) {
      if (!reach.concerns(standing.person())) continue;
      if (people.isBlocked(standing.person())) continue;
      switch (standing) {
        case Standing.InScope(var desired) -> belong(desired);
        case Standing.Left left -> {
          if (leaves.test(left)) leave(left);
        }
        case Standing.Unclear _, Standing.Protected _ -> {
          // Nothing of theirs is touched.
        }
      }
    }
    missing.forEach((name, who) -> people.find(Findings.noGroup(name, who)));
    unmanaged.forEach((name, who) -> people.find(Findings.unmanaged(name, who)));
    ambiguous.forEach(name -> people.find(Findings.twoGroups(name)));
    return all;
  }

  /// Notes the groups that nobody is in and, after [#all] of everybody, that nobody should be in.
  /// One whose very name is configured may wait for somebody.
  void tellUnused() {
    var used = new HashSet<GroupId>();
    seen.byAccount().values().forEach(used::addAll);
    var unused =
        byId.values().stream()
            .filter(g -> !used.contains(g.id()))
            .map(Known::name)
            .filter(name -> !policy.names(name))
            .filter(name -> !called.contains(TargetGroups.folded(name)))
            .sorted()
            .toList();
    if (!unused.isEmpty()) people.find(Findings.unused(unused));
  }

  /// Ends the memberships of somebody who must not have access any more.
  void leave(Standing.Left left) {
    var account = people.account(left.person());
    if (account.isEmpty()) return;
    for (var group : held(account.get())) {
      add(
          new Membership(
              left.person(),
              account.get().id(),
              Accounts.name(account.get()),
              in(group),
              false,
              Lane.LEAVER,
              left.why()));
    }
  }

  private void belong(Desired desired) {
    var mapped = desired.attributes().stream().filter(Mapped::isMembership).findFirst();
    if (mapped.isEmpty()) return;
    var wanted = wanted(desired.person(), mapped.get());
    var account = people.account(desired.person());
    if (account.isPresent()) compare(desired, mapped.get(), account.get(), wanted);
    else if (!wanted.isEmpty()) {
      people.await(new Waiting(desired.person(), Membership.GROUPS, FIRST, Optional.empty()));
    }
  }

  private void compare(Desired desired, Mapped mapped, Account account, Set<String> wanted) {
    var has = new TreeSet<String>();
    for (var group : held(account)) {
      var name = TargetGroups.folded(group.name());
      if (!seen.isDoubted(account.id(), group.id())) has.add(name);
      if (!wanted.contains(name)) change(desired, mapped, account, new Step(in(group), false));
    }
    for (var name : wanted) {
      if (has.contains(name)) continue;
      var group = byName.get(name);
      var in = group == null ? new In(Optional.empty(), spelt(mapped, name)) : in(group);
      change(desired, mapped, account, new Step(in, true));
    }
  }

  private record Step(In in, boolean joins) {}

  private void change(Desired desired, Mapped mapped, Account account, Step step) {
    add(
        new Membership(
            desired.person(),
            account.id(),
            Accounts.name(account),
            step.in(),
            step.joins(),
            step.joins() ? Lane.MOVER : Lane.MOVER_DOWN,
            mapped.rule()));
  }

  private void add(Membership membership) {
    all.add(membership);
  }

  private static In in(Known group) {
    return new In(Optional.of(group.id()), group.name());
  }

  /// The managed groups that the account is in, or may be.
  private List<Known> held(Account account) {
    var held = new ArrayList<Known>();
    for (var id : seen.possible(account.id()))
      Optional.ofNullable(byId.get(id)).ifPresent(held::add);
    held.sort(Comparator.comparing(g -> g.id().value()));
    return held;
  }

  /// The folded names of the groups that the person should be in, without those that cannot be.
  private Set<String> wanted(PersonKey person, Mapped mapped) {
    var wanted = new TreeSet<String>();
    for (var value : Values.elements(mapped.value())) {
      var name = value.asString("");
      var folded = TargetGroups.folded(name);
      called.add(folded);
      var isThere = byName.containsKey(folded) || policy.missing() == Missing.CREATE;
      if (!policy.manages(name)) note(unmanaged, name, person);
      else if (isThere && !ambiguous.contains(folded)) wanted.add(folded);
      else if (!isThere && !ambiguous.contains(folded)) note(missing, name, person);
    }
    return wanted;
  }

  private static void note(Map<String, Set<PersonKey>> names, String name, PersonKey person) {
    names.computeIfAbsent(name, _ -> new TreeSet<>()).add(person);
  }

  private static String spelt(Mapped mapped, String folded) {
    return Values.elements(mapped.value()).stream()
        .map(v -> v.asString(""))
        .filter(v -> TargetGroups.folded(v).equals(folded))
        .findFirst()
        .orElse(folded);
  }

  /// How many of these people's accounts are in each group, by its name.
  Map<String, Set<PersonKey>> holders(List<PersonKey> linked) {
    var holders = new HashMap<String, Set<PersonKey>>();
    for (var person : linked) {
      people.account(person).stream()
          .filter(Account::isActive)
          .flatMap(account -> held(account).stream())
          .forEach(g -> holders.computeIfAbsent(g.name(), _ -> new HashSet<>()).add(person));
    }
    return holders;
  }
}
