package dev.tenure.plan;

import dev.tenure.scim.patch.PatchOperation;
import dev.tenure.target.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// A plan's changes by what they do to accounts. A change counts in each class that it belongs to,
/// whether it is held or not; of a change of a group each person counts once. `requests` are those
/// that will be sent. `roles` has for each role how many accounts that are active have it more (or,
/// negative, less) afterwards.
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
    long requests,
    Map<String, Long> roles) {
  private static final List<String> ROLES = List.of("roles", "entitlements");

  public PlanTotals {
    roles = Map.copyOf(roles);
  }

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
        changes.size() - held,
        roles(changes));
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

  private static List<String> gains(Change change) {
    var gained = new ArrayList<>(after(change));
    gained.removeAll(before(change));
    return gained;
  }

  private static Map<String, Long> roles(List<Change> changes) {
    var roles = new HashMap<String, Long>();
    for (var change : changes) {
      before(change).forEach(role -> roles.merge(role, -1L, Long::sum));
      after(change).forEach(role -> roles.merge(role, 1L, Long::sum));
    }
    roles.values().removeIf(count -> count == 0);
    return roles;
  }

  /// The roles of a locked account count for nothing: it has no seat.
  private static List<String> before(Change change) {
    var active = Values.member(change.before(), "active");
    if (active.isBoolean() && !active.booleanValue()) return List.of();
    return names(Values.member(change.before(), "roles"));
  }

  private static List<String> after(Change change) {
    return switch (change.request()) {
      case Request.Create(var account) -> names(Values.member(account.view(), "roles"));
      case Request.Delete _, Request.Members _, Request.CreateGroup _ -> List.of();
      case Request.Patch(_, var operations, _) -> after(change, operations);
    };
  }

  private static List<String> after(Change change, List<PatchOperation> operations) {
    var roles = names(Values.member(change.before(), "roles"));
    for (var operation : operations) {
      var name = operation.path().attribute().attribute().name();
      if (name.equals("active")
          && operation instanceof PatchOperation.Replace(_, var value)
          && !value.asBoolean(true)) {
        return List.of();
      }
      if (name.equals("roles")) roles = after(roles, operation);
    }
    return roles;
  }

  private static List<String> after(List<String> roles, PatchOperation operation) {
    return switch (operation) {
      case PatchOperation.Replace(_, var value) -> names(value);
      case PatchOperation.Remove _ -> List.of();
      case PatchOperation.Add(_, var value) -> {
        var all = new ArrayList<>(roles);
        all.addAll(names(value));
        yield all;
      }
    };
  }

  private static List<String> names(JsonNode roles) {
    return Values.elements(roles).stream()
        .map(r -> r.isObject() ? Values.member(r, "value").asString("") : r.asString(""))
        .distinct()
        .toList();
  }
}
