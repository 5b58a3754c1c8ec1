package dev.tenure.cli;

import dev.tenure.flow.Flow;
import dev.tenure.organization.Licences.PoolUse;
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
record SeatEffect(List<Effect> effects) {
  /// One pool: `change` seats more, or less where it is negative.
  record Effect(PoolUse pool, long change) {
    BigDecimal money() {
      return pool.price().multiply(BigDecimal.valueOf(change));
    }

    long after() {
      return pool.used() + change;
    }
  }

  static SeatEffect of(Workplace workplace, Flow flow, PlanTotals totals) {
    var organization = workplace.hosted(flow.id());
    if (organization.isEmpty()) return new SeatEffect(List.of());
    var shown = workplace.organizations().administration().show(organization.get());
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

  String text() {
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

  ArrayNode json() {
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
