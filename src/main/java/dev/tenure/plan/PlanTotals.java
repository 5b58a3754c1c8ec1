package dev.tenure.plan;

import dev.tenure.target.Request;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// A plan's changes by what they do to accounts. A change counts in each class that it belongs to,
/// whether it is held or not; of a change of a group each person counts once. `requests` are those
/// that will be sent.
public record PlanTotals(
    long created,
    long reactivated,
    long deactivated,
    long deleted,
    long roleGains,
    long roleLosses,
    long membershipGains,
    long membershipLosses,
    long updated,
    long held,
    long requests) {
  private static final List<String> ROLES = List.of("roles", "entitlements");

  public static PlanTotals of(List<Change> changes) {
    var held = count(changes, Change::held);
    var memberships = Membership.of(changes);
    return new PlanTotals(
        count(changes, c -> c.request() instanceof Request.Create),
        count(changes, c -> c.lane() == Lane.JOINER && c.request() instanceof Request.Patch),
        count(changes, c -> c.lane() == Lane.LEAVER && c.request() instanceof Request.Patch),
        count(changes, c -> c.request() instanceof Request.Delete),
        count(changes, c -> !gains(c).isEmpty()),
        count(changes, c -> !AccessChecks.losses(c, ROLES).isEmpty()),
        people(memberships, true),
        people(memberships, false),
        count(changes, PlanTotals::isUpdate),
        held,
        PlanSummary.requests(changes));
  }

  /// How long the requests take at this rate.
  public Duration at(int requestsPerMinute) {
    return Duration.ofMillis(requests * 60_000 / requestsPerMinute);
  }

  private static long count(List<Change> changes, Predicate<Change> what) {
    return changes.stream().filter(what).count();
  }

  private static boolean isUpdate(Change change) {
    var lane = change.lane();
    return !change.isOfGroup() && (lane == Lane.MOVER || lane == Lane.COSMETIC);
  }

  private static long people(List<Membership> memberships, boolean joining) {
    return memberships.stream()
        .filter(m -> m.joins() == joining)
        .map(Membership::person)
        .distinct()
        .count();
  }

  private static Set<String> gains(Change change) {
    var gained = new HashSet<>(Grants.after(change).usable().roles());
    gained.removeAll(Grants.before(change).usable().roles());
    return gained;
  }
}
