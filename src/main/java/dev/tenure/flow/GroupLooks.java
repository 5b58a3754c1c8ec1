package dev.tenure.flow;

import dev.tenure.deliver.ChangeState;
import dev.tenure.deliver.Plans.GroupEnd;
import dev.tenure.id.GroupId;
import dev.tenure.policy.TargetGroups;
import dev.tenure.target.Group;
import dev.tenure.target.Target.ReadOutcome;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Looks again at groups of which something failed, for they are not as they were thought to be,
/// and at those that were made, of which no answer tells the id. The people are then decided on
/// anew. Used once.
final class GroupLooks {
  private final Flow flow;
  private final Cycle.Books books;
  private final Instant now;
  private final SweepingGroups kept;

  /// Names of the groups that are to be looked for among all.
  private final Set<String> sought = new HashSet<>();

  private final Set<GroupId> seen = new HashSet<>();
  private boolean differ;

  GroupLooks(Flow flow, Cycle.Books books) {
    this.flow = flow;
    this.books = books;
    this.now = flow.clock().instant();
    this.kept = new SweepingGroups(flow, books, now);
  }

  /// At those of which something ended since then.
  void lookAgain(Instant since) {
    var ends = books.plans().groupsSince(flow.id(), since);
    if (ends.isEmpty()) return;
    for (var end : ends) look(end);
    if (!sought.isEmpty()) seek(ends);
    for (var end : ends) {
      if (end.state() != ChangeState.DONE) books.agenda().add(flow.id(), end.people(), again(end));
    }
  }

  private void look(GroupEnd end) {
    if (end.group().filter(seen::contains).isPresent()) return;
    var group = end.group().flatMap(flow.target()::group);
    group.ifPresentOrElse(this::see, () -> sought.add(TargetGroups.folded(end.name())));
  }

  private void see(Group group) {
    seen.add(group.id());
    differ |= kept.keep(group);
  }

  /// What is not there any more may concern everybody.
  private void seek(List<GroupEnd> ends) {
    var outcome =
        flow.target().groups(name -> sought.contains(TargetGroups.folded(name)), this::see);
    if (!(outcome instanceof ReadOutcome.Complete)) return;
    var gone =
        ends.stream()
            .flatMap(end -> end.group().stream())
            .filter(group -> !seen.contains(group))
            .collect(Collectors.toSet());
    if (gone.isEmpty()) return;
    books.groups().due(flow.id(), true);
    books.groups().gone(flow.id(), gone);
    differ = true;
  }

  /// What would be planned just as before is not tried without end.
  private Instant again(GroupEnd end) {
    var same = end.state() == ChangeState.STALE && !differ;
    return now.plus(same ? Cycle.REFUSED_REST : Failures.AGAIN);
  }
}
