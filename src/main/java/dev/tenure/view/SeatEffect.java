package dev.tenure.view;

import dev.tenure.flow.Flow;
import dev.tenure.licence.Home;
import dev.tenure.licence.Ledgers;
import dev.tenure.licence.Stock;
import dev.tenure.organization.Licences.PoolUse;
import dev.tenure.plan.Change;
import java.math.BigDecimal;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// What a plan does to the seats of its target, where these are known: through the licences that
/// come with the roles which its accounts gain and lose, in the manner of the target.
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

  public static SeatEffect of(Ledgers ledgers, Flow flow, List<Change> changes) {
    var stocks = Home.of(flow).map(ledgers::stocks).orElse(List.of());
    if (stocks.isEmpty()) return new SeatEffect(List.of());
    var effect = flow.seats().get().effect(changes);
    return new SeatEffect(
        stocks.stream()
            .map(Stock::pool)
            .map(pool -> new Effect(pool, effect.getOrDefault(pool.sku(), 0L)))
            .filter(e -> e.change() != 0)
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
