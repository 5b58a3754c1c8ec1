package dev.tenure.plan;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The licences of a target: how many seats there are, and what brings one. `whenFull`: what
/// becomes of people for whom there is no free seat.
public record Seats(List<Pool> pools, Manner manner, WhenFull whenFull) {
  /// Of a target of whose licences nothing is known.
  public static final Seats NONE = new Seats(List.of(), Manner.EACH, WhenFull.OVERDRAW);

  /// How accounts come by seats. `dearestOnly`: of the licences that several roles bring an account
  /// takes the dearest one. `lockedToo`: a locked account keeps the seats that its roles bring.
  public record Manner(boolean dearestOnly, boolean lockedToo) {
    /// Each role brings its licence, to accounts that are open.
    public static final Manner EACH = new Manner(false, false);

    /// As Genesys Cloud does it: a seat is released by taking the roles away.
    public static final Manner GENESYS = new Manner(true, true);
  }

  /// What a flow does with people for whom the target has no free seat.
  public enum WhenFull {
    /// They wait, in the order of their first days.
    WAIT,
    /// They are left out, each with a finding.
    REFUSE,
    /// They are planned for: nobody looks at the pool.
    OVERDRAW
  }

  /// A pool. `taken`: seats that are used, or will be by what is planned already; `roles` are those
  /// that bring its licence.
  public record Pool(String sku, long seats, long taken, BigDecimal price, Set<String> roles) {
    public Pool {
      roles = Set.copyOf(roles);
    }

    public long free() {
      return seats - taken;
    }
  }

  public Seats {
    pools = List.copyOf(pools);
  }

  /// The same, with this for people for whom there is no seat.
  public Seats when(WhenFull full) {
    return new Seats(pools, manner, full);
  }

  /// The same, with these besides: each takes what it is due.
  public Seats taking(Collection<Grants> others) {
    var counted = new HashMap<Grants, Long>();
    others.forEach(g -> counted.merge(g, 1L, Long::sum));
    return taking(counted);
  }

  /// The same, with so many accounts besides that have these.
  public Seats taking(Map<Grants, Long> others) {
    Map<String, Long> more = new HashMap<>();
    others.forEach((g, count) -> due(g).forEach(sku -> more.merge(sku, count, Long::sum)));
    return new Seats(
        pools.stream()
            .map(p ->
                new Pool(
                    p.sku(),
                    p.seats(),
                    p.taken() + more.getOrDefault(p.sku(), 0L),
                    p.price(),
                    p.roles()))
            .toList(),
        manner,
        whenFull);
  }

  /// How many seats of each licence more (or, negative, less) are used after these changes, by SKU;
  /// without those of which it is as many.
  public Map<String, Long> effect(List<Change> changes) {
    var effect = new HashMap<String, Long>();
    for (var change : changes) {
      due(Grants.before(change)).forEach(sku -> effect.merge(sku, -1L, Long::sum));
      due(Grants.after(change)).forEach(sku -> effect.merge(sku, 1L, Long::sum));
    }
    effect.values().removeIf(count -> count == 0);
    return effect;
  }

  /// The licences of which an account with these takes a seat, by SKU.
  public Set<String> due(Grants grants) {
    var due = new TreeSet<String>();
    if (grants.locked() && !manner.lockedToo()) return due;
    var brought =
        pools.stream().filter(p -> p.roles().stream().anyMatch(grants.roles()::contains)).toList();
    if (manner.dearestOnly()) {
      brought.stream()
          .max(Comparator.comparing(Pool::price).thenComparing(Pool::sku))
          .ifPresent(p -> due.add(p.sku()));
    } else {
      brought.forEach(p -> due.add(p.sku()));
    }
    pools.stream().map(Pool::sku).filter(grants.licences()::contains).forEach(due::add);
    return due;
  }
}
