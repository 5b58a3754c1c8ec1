package dev.tenure.plan;

import dev.tenure.id.PersonKey;
import dev.tenure.plan.Change.Marks;
import dev.tenure.plan.Change.Reason;
import dev.tenure.problem.Problem;
import dev.tenure.target.Request;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Lets what is wanted pass the guard, and makes of it what is sent. The guard looks at people,
/// each once; memberships are gathered into changes of groups afterwards, so that who is held is
/// held with all that concerns them, and nobody else is.
final class Passage {
  /// Leavers first (law 3); then accounts before groups; of groups those that lose only before
  /// those that gain too, and of these first those that gain the least: what a group carries may be
  /// scarce. Then by person: the same world gives the same plan.
  static final Comparator<Change> ORDER =
      Comparator.comparing(Change::lane)
          .thenComparingInt(Passage::rank)
          .thenComparingInt(Passage::gain)
          .thenComparing(Change::person);

  private final PlanPolicy policy;
  private final Crowd crowd;

  /// The changes in the order in which they are sent.
  record Passed(List<Change> changes, List<Problem> findings, List<Waiting> waiting) {}

  Passage(PlanPolicy policy, Crowd crowd) {
    this.policy = policy;
    this.crowd = crowd;
  }

  Passed pass(List<Change> changes, List<Membership> memberships) {
    var seen = new ArrayList<>(changes);
    seen.addAll(others(changes, memberships));
    seen.sort(ORDER);
    var guarded = new Guard(policy.guard()).check(seen, crowd);
    var held = held(guarded.changes());
    var gathering = new Gathering(policy.groups().map(g -> g.chunk()).orElse(1), held);
    gathering.gather(memberships);
    var all = new ArrayList<Change>();
    guarded.changes().stream().filter(c -> !c.isOfGroup()).forEach(all::add);
    all.addAll(gathering.changes());
    all.sort(ORDER);
    return new Passed(all, guarded.findings(), gathering.waiting());
  }

  private static int rank(Change change) {
    return switch (change.request()) {
      case Request.Create _, Request.Patch _, Request.Delete _ -> 0;
      case Request.Members(_, _, var add) -> add.isEmpty() ? 1 : 2;
      case Request.CreateGroup _ -> 2;
    };
  }

  /// How many more are in the group afterwards.
  private static int gain(Change change) {
    return switch (change.request()) {
      case Request.Create _, Request.Patch _, Request.Delete _ -> 0;
      case Request.Members(_, var remove, var add) ->
          add.isEmpty() ? 0 : add.size() - remove.size();
      case Request.CreateGroup(_, var members) -> members.size();
    };
  }

  /// People of whom nothing changes but their groups: one change for each, that is never sent.
  private static List<Change> others(List<Change> changes, List<Membership> memberships) {
    Set<PersonKey> known = new HashSet<>();
    changes.forEach(c -> known.add(c.person()));
    var others = new ArrayList<Change>();
    for (var one : memberships) {
      if (known.add(one.person())) others.add(standIn(one));
    }
    return others;
  }

  private static Change standIn(Membership one) {
    var alone = one.alone();
    var why = List.of(new Reason(Membership.GROUPS, "", "", one.because()));
    var lane = one.lane() == Lane.LEAVER ? Lane.LEAVER : Lane.MOVER_DOWN;
    return new Change(lane, one.person(), one.name(), alone.request(), why, Marks.NONE);
  }

  private static Map<PersonKey, String> held(List<Change> guarded) {
    var held = new HashMap<PersonKey, String>();
    guarded.stream().filter(Change::held).forEach(c -> held.put(c.person(), c.cluster()));
    return held;
  }
}
