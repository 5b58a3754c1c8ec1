package dev.tenure.plan;

import dev.tenure.id.AccountId;
import dev.tenure.id.GroupId;
import dev.tenure.plan.Membership.In;
import dev.tenure.policy.TargetGroups;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The memberships of a plan that is taken back: who came in goes out, who went out comes in. A
/// membership that somebody changed back already is as it was.
final class UndoneGroups {
  /// Gathered anew before they are sent, so that their size does not matter.
  private static final int CHUNK = 1_000;

  private final World now;
  private final String because;
  private final Set<AccountId> accounts;
  private final List<Membership> back = new ArrayList<>();
  private final Set<Problem> findings = new LinkedHashSet<>();

  UndoneGroups(World now, String because) {
    this.now = now;
    this.because = because;
    this.accounts = now.accounts().stream().map(a -> a.id()).collect(Collectors.toSet());
  }

  void undo(Change change) {
    if (now.memberships().isEmpty()) {
      findings.add(lost(change, "nobody looks at the target's groups any more"));
      return;
    }
    var seen = now.memberships().get();
    for (var one : Membership.of(change)) {
      if (one.in().id().isEmpty()) findings.add(lost(change, "a group that was made stays"));
      group(one, seen).ifPresent(group -> undo(one, group, seen));
    }
  }

  private static Optional<GroupId> group(Membership one, Memberships seen) {
    var name = one.in().folded();
    return seen.groups().stream()
        .filter(g ->
            one.in().id().map(g.id()::equals).orElse(TargetGroups.folded(g.name()).equals(name)))
        .map(Memberships.Known::id)
        .findFirst();
  }

  private void undo(Membership one, GroupId group, Memberships seen) {
    var isIn = seen.of(one.account()).contains(group);
    if (isIn != one.joins() || !accounts.contains(one.account())) return;
    back.add(
        new Membership(
            one.person(),
            one.account(),
            one.name(),
            new In(Optional.of(group), one.in().name()),
            !one.joins(),
            one.joins() ? Lane.MOVER_DOWN : Lane.MOVER,
            because));
  }

  List<Change> changes() {
    var gathering = new Gathering(CHUNK, Map.of());
    gathering.gather(back);
    return gathering.changes();
  }

  Set<Problem> findings() {
    return findings;
  }

  private static Problem lost(Change change, String why) {
    return new Problem(
        Code.UNDO_IMPOSSIBLE,
        "the group '" + change.name() + "' cannot be restored: " + why,
        Map.of("group", change.name()),
        "change the group in the target, or let the rules say who is in it");
  }
}
