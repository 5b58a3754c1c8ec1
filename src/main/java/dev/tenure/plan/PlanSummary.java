package dev.tenure.plan;

import dev.tenure.id.PersonKey;
import dev.tenure.target.Request;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A plan in numbers. `joiners` get a new account, `reactivated` their old one again; `movers` gain
/// or lose access or change their place; `touchedUp` differ in names, phones and the like. Somebody
/// of whom several things change counts once, by the most urgent. What is held counts there too;
/// `requests` are those that will be sent, without the held ones.
public record PlanSummary(
    long joiners,
    long reactivated,
    long movers,
    long leavers,
    long touchedUp,
    long held,
    long requests,
    long findings) {

  public static PlanSummary of(Plan plan) {
    var held = plan.changes().stream().filter(Change::held).count();
    var lanes = lanes(plan.changes());
    long created =
        plan.changes().stream().filter(c -> c.request() instanceof Request.Create).count();
    return new PlanSummary(
        created,
        count(lanes, Lane.JOINER) - created,
        count(lanes, Lane.MOVER) + count(lanes, Lane.MOVER_DOWN),
        count(lanes, Lane.LEAVER),
        count(lanes, Lane.COSMETIC),
        held,
        requests(plan.changes()),
        plan.findings().size());
  }

  /// How many requests are sent: one for each change that is not held, two for who makes way.
  static long requests(List<Change> changes) {
    return changes.stream()
        .filter(change -> !change.held())
        .mapToLong(change -> change.handover().makesWay() ? 2 : 1)
        .sum();
  }

  /// Everybody whom the changes concern, with the most urgent of their lanes.
  public static Map<PersonKey, Lane> lanes(List<Change> changes) {
    var lanes = new HashMap<PersonKey, Lane>();
    for (var change : changes) {
      if (!change.isOfGroup()) lanes.merge(change.person(), change.lane(), PlanSummary::sooner);
    }
    for (var one : Membership.of(changes)) {
      lanes.merge(one.person(), one.lane(), PlanSummary::sooner);
    }
    return lanes;
  }

  private static Lane sooner(Lane one, Lane other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  /// Whether nothing is to be done.
  public boolean isEmpty() {
    return requests + held == 0;
  }

  private static long count(Map<PersonKey, Lane> lanes, Lane lane) {
    return lanes.values().stream().filter(l -> l == lane).count();
  }
}
