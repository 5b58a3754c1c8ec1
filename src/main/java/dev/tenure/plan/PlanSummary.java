package dev.tenure.plan;

import dev.tenure.target.Request;
import java.util.function.Predicate;

/// A plan in numbers. `joiners` get a new account, `reactivated` their old one again; `movers` gain
/// or lose access or change their place; `touchedUp` differ in names, phones and the like. What is
/// held counts there too; `requests` are those that will be sent, without the held ones.
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
    var held = count(plan, Change::held);
    return new PlanSummary(
        count(plan, c -> c.request() instanceof Request.Create),
        count(plan, c -> c.lane() == Lane.JOINER && c.request() instanceof Request.Patch),
        count(plan, c -> c.lane() == Lane.MOVER || c.lane() == Lane.MOVER_DOWN),
        count(plan, c -> c.lane() == Lane.LEAVER),
        count(plan, c -> c.lane() == Lane.COSMETIC),
        held,
        plan.changes().size() - held,
        plan.findings().size());
  }

  /// Whether nothing is to be done.
  public boolean isEmpty() {
    return requests + held == 0;
  }

  private static long count(Plan plan, Predicate<Change> what) {
    return plan.changes().stream().filter(what).count();
  }
}
