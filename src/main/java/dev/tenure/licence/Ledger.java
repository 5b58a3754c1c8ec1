package dev.tenure.licence;

import dev.tenure.id.FlowId;
import dev.tenure.organization.Licences.PoolUse;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/// The licences of one home: one line for each pool, by SKU. `flows` are those that lead there.
public record Ledger(Home home, List<FlowId> flows, List<Line> lines) {
  public Ledger {
    flows = List.copyOf(flows);
    lines = List.copyOf(lines);
  }

  /// One pool. `roles` bring its licence. `reserved`: people who will need a seat and have none:
  /// because they wait, are under way, or begin some day. `reclaimable`: seats that could be had
  /// back.
  public record Line(
      PoolUse pool, Set<String> roles, long reserved, long reclaimable, Forecast forecast) {
    public Line {
      roles = Set.copyOf(roles);
    }

    /// Seats that nobody uses; negative where the pool is overdrawn.
    public long free() {
      return pool.seats() - pool.used();
    }

    /// What so many seats cost in a month.
    public String money(long seats) {
      return pool.price().multiply(BigDecimal.valueOf(seats)) + " " + pool.currency();
    }
  }
}
