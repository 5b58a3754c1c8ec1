package dev.tenure.view;

import dev.tenure.id.OrganizationId;
import dev.tenure.organization.Licences.PoolUse;
import dev.tenure.organization.Organizations;
import dev.tenure.plan.PlanTotals;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// What a plan does to the seats of a hosted organization: through the licences that come with the
/// roles which its accounts gain and lose. Nothing is known of other targets.
///
/// Each role counts by itself: an account that gains two roles with one licence is counted twice.
public record SeatEffect(List<Effect> effects) {
  public SeatEffect {
    effects = List.copyOf(effects);
  }

  /// One pool: `change` seats more, or less where it is negative.
  public record Effect(PoolUse pool, long change) {
    public BigDecimal money() {
      return pool.price().multiply(BigDecimal.valueOf(change));
    }

    public long after() {
      return pool.used() + change;
    }
  }

  /// `organization` is the target, where it is hosted here.
  public static SeatEffect of(
      Organizations organizations, Optional<OrganizationId> organization, PlanTotals totals) {
    if (organization.isEmpty()) return new SeatEffect(List.of());
    var shown = organizations.administration().show(organization.get());
    var changes = new TreeMap<String, Long>();
    totals
        .roles()
        .forEach((role, count) -> {
          var sku = shown.roles().getOrDefault(role, Optional.empty());
          sku.ifPresent(s -> changes.merge(s, count, Long::sum));
        });
    return new SeatEffect(
        shown.pools().stream()
            .filter(p -> changes.getOrDefault(p.sku(), 0L) != 0)
            .map(p -> new Effect(p, changes.getOrDefault(p.sku(), 0L)))
            .toList());
  }

  /// A line for each pool.
  public String text() {
    var text = new StringBuilder();
    for (var effect : effects) {
      var pool = effect.pool();
      text.append(
          "seats: %s %+d (then %d of %d), %s %s a month\n"
              .formatted(
                  pool.sku(),
                  effect.change(),
                  effect.after(),
                  pool.seats(),
                  effect.money(),
                  pool.currency()));
    }
    return text.toString();
  }

  public ArrayNode json() {
    var array = JsonNodeFactory.instance.arrayNode();
    for (var effect : effects) {
      array
          .addObject()
          .put("licence", effect.pool().sku())
          .put("change", effect.change())
          .put("usedAfter", effect.after())
          .put("seats", effect.pool().seats())
          .put("moneyPerMonth", effect.money())
          .put("currency", effect.pool().currency());
    }
    return array;
  }
}
