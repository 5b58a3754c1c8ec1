package dev.tenure.view;

import dev.tenure.flow.Flow;
import dev.tenure.licence.Home;
import dev.tenure.licence.Ledgers;
import dev.tenure.organization.Licences.PoolUse;
import dev.tenure.plan.PlanTotals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// What a plan does to the seats of its target, where these are known: through the licences that
/// come with the roles which its accounts gain and lose.
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

  public static SeatEffect of(Ledgers ledgers, Flow flow, PlanTotals totals) {
    var effects = new ArrayList<Effect>();
    for (var stock : Home.of(flow).map(ledgers::stocks).orElse(List.of())) {
      long change = 0;
      for (var role : stock.roles()) change += totals.roles().getOrDefault(role, 0L);
      if (change != 0) effects.add(new Effect(stock.pool(), change));
    }
    return new SeatEffect(effects);
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
