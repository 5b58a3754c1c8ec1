package dev.tenure.flow;

import dev.tenure.id.GroupId;
import dev.tenure.plan.Link;
import dev.tenure.policy.TargetGroups;
import dev.tenure.target.Group;
import dev.tenure.target.Target.ReadOutcome;
import java.time.Instant;
import java.util.Map;

/// Keeps what a read of the managed groups gives, while it goes on, and has the people whom a
/// difference concerns decided on anew. Where there are other groups than before, that may be
/// everybody. Used once.
final class SweepingGroups {
  private final Flow flow;
  private final Cycle.Books books;
  private final Instant at;
  private final Map<GroupId, String> before;

  SweepingGroups(Flow flow, Cycle.Books books, Instant at) {
    this.flow = flow;
    this.books = books;
    this.at = at;
    this.before = books.groups().names(flow.id());
  }

  /// Reads the groups. Where that is not whole, what came is kept, and nothing is gone.
  ReadOutcome run(TargetGroups managed) {
    var outcome = flow.target().groups(managed::manages, this::take);
    end(outcome);
    return outcome;
  }

  void take(Group group) {
    if (!isSame(group)) books.groups().due(flow.id(), true);
    keep(group);
    before.remove(group.id());
  }

  private boolean isSame(Group group) {
    return group.name().equals(before.get(group.id()));
  }

  /// The read came to its end.
  void end(ReadOutcome outcome) {
    if (!(outcome instanceof ReadOutcome.Complete)) {
      // Whoever plans without them takes back what was planned: everybody is to be planned for.
      books.groups().due(flow.id(), true);
      return;
    }
    if (!before.isEmpty()) books.groups().due(flow.id(), true);
    books.groups().gone(flow.id(), before.keySet());
    books.groups().read(flow.id());
  }

  /// Keeps one group as it was seen; whether that is otherwise than before. First on the agenda,
  /// then kept: where the process is killed in between, the next look finds the same difference.
  boolean keep(Group group) {
    var differing = books.groups().differing(flow.id(), group);
    if (differing.isEmpty() && isSame(group)) return false;
    var people = books.links().owners(flow.id(), differing).stream().map(Link::person).toList();
    books.agenda().add(flow.id(), people, at);
    books.groups().keep(flow.id(), group);
    return true;
  }
}
