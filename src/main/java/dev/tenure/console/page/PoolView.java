package dev.tenure.console.page;

import dev.tenure.organization.Licences.PoolUse;
import java.math.BigDecimal;

/// A pool of licences with its use. `where`: the organization or target that it is in.
public record PoolView(String where, PoolUse pool) {
  public long free() {
    return pool.seats() - pool.used();
  }

  /// What the used seats cost in a month.
  public String money() {
    return pool.price().multiply(BigDecimal.valueOf(pool.used())) + " " + pool.currency();
  }

  /// What the seats cost in a month that nobody uses.
  public String unused() {
    return pool.price().multiply(BigDecimal.valueOf(Math.max(0, free()))) + " " + pool.currency();
  }

  /// The largest value of the bar.
  public long full() {
    return Math.max(1, Math.max(pool.seats(), pool.used()));
  }

  public String tone() {
    if (pool.used() > pool.seats()) return "bad";
    return pool.used() * 10 >= pool.seats() * 9L ? "warn" : "good";
  }
}
