package dev.tenure.target;

import dev.tenure.config.Section;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/// The licences that were bought for a target elsewhere, as the configuration says: no API of a
/// target tells. `target` is its name there.
public record Bought(String target, List<Pool> pools) {
  public Bought {
    pools = List.copyOf(pools);
  }

  /// A pool. `price`: for one seat and month; `currency`: ISO 4217; `roles` are those that bring
  /// its licence.
  public record Pool(
      String sku, String name, int seats, BigDecimal price, String currency, Set<String> roles) {
    public Pool {
      roles = Set.copyOf(roles);
    }
  }

  /// Reads `licences` of a target's section.
  public static Bought read(String target, Section section) {
    return new Bought(
        target,
        section.sections("licences").entrySet().stream()
            .map(e -> pool(e.getKey(), e.getValue()))
            .toList());
  }

  private static Pool pool(String sku, Section section) {
    return new Pool(
        sku,
        section.text("name", sku),
        section.count("seats", 0),
        section.amount("price"),
        section.text("currency", "EUR"),
        Set.copyOf(section.texts("roles")));
  }
}
