package dev.tenure.plan;

import dev.tenure.plan.Change.Reason;
import dev.tenure.plan.Sieve.Found;
import dev.tenure.policy.Suspicion;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/// Who loses what gives access, and how much is overwritten at all.
final class AccessChecks {
  private static final List<String> ROLES = List.of("roles", "entitlements");
  private static final String ROLE = "role";
  private static final String GROUP = "group";

  private final Sieve sieve;
  private final Crowd crowd;

  AccessChecks(Sieve sieve, Crowd crowd) {
    this.sieve = sieve;
    this.crowd = crowd;
  }

  void run() {
    lost(ROLE);
    lost(GROUP);
    many(Suspicion.ROLES, ROLE);
    many(Suspicion.MEMBERSHIPS, GROUP);
    updates();
  }

  /// What others hold counts too: it is part of the same mass. A few that are left are movers.
  private void updates() {
    var rest = sieve.open(AccessChecks::isOverwriting);
    var all = rest.size() + sieve.heldOf(AccessChecks::isOverwriting).size();
    if (!sieve.mayBe(Suspicion.RENAMED, rest.size()) || !sieve.mayBe(Suspicion.UPDATES, all))
      return;
    if (!sieve.isTooMany(Suspicion.UPDATES, all, crowd.linked())) return;
    sieve.hold(
        Suspicion.UPDATES,
        "many updates",
        new Found(rest, crowd.linked()),
        "linked accounts would be overwritten, among " + all + " together");
  }

  private static boolean isOverwriting(Change change) {
    return ValueChecks.isUpdate(change)
        && change.reasons().stream().anyMatch(ValueChecks::isOverwritten);
  }

  /// One role or group that nearly all lose who have it.
  private void lost(String what) {
    var losers = new TreeMap<String, List<Change>>();
    for (var change : sieve.open(ValueChecks::isUpdate)) {
      for (var name : lostBy(change, what)) {
        losers.merge(name, List.of(change), AccessChecks::both);
      }
    }
    losers.values().removeIf(those -> !sieve.mayBe(Suspicion.VANISHED, those.size()));
    losers.forEach((name, those) -> {
      var open = new HashSet<>(sieve.open(ValueChecks::isUpdate));
      sieve.check(
          Suspicion.VANISHED,
          what + "=" + name + " lost",
          new Found(those.stream().filter(open::contains).toList(), () -> holders(name, what)),
          "people who have the %s '%s' would lose it".formatted(what, name));
    });
  }

  private static List<Change> both(List<Change> some, List<Change> more) {
    var both = new java.util.ArrayList<>(some);
    both.addAll(more);
    return both;
  }

  private Set<String> lostBy(Change change, String what) {
    return what.equals(GROUP) ? crowd.lostGroups(change.person()) : losses(change, ROLES);
  }

  private long holders(String name, String what) {
    if (what.equals(GROUP)) return crowd.inGroup(name);
    return crowd.count(m ->
        m.isActive()
            && ROLES.stream()
                .flatMap(a -> Values.elements(Values.member(view(m), a)).stream())
                .anyMatch(e -> Reasons.words(e).equals(name)));
  }

  private static ObjectNode view(Beyond.Member member) {
    return member.account().resource().view();
  }

  private void many(Suspicion kind, String what) {
    var those = sieve.open(c -> ValueChecks.isUpdate(c) && !lostBy(c, what).isEmpty());
    sieve.check(
        kind,
        what + "s lost",
        new Found(those, crowd::active),
        "active accounts would lose a " + what);
  }

  /// What was there and is not wanted any more, in words.
  static Set<String> losses(Change change, List<String> attributes) {
    var lost = new HashSet<String>();
    for (var reason : change.reasons()) {
      if (attributes.contains(Reasons.top(reason.attribute()))) lost.addAll(losses(reason));
    }
    return lost;
  }

  private static Set<String> losses(Reason reason) {
    var lost = new HashSet<>(values(reason.before()));
    lost.removeAll(values(reason.after()));
    return lost;
  }

  private static List<String> values(String words) {
    return words.isEmpty() ? List.of() : Arrays.asList(words.split(", ", -1));
  }
}
