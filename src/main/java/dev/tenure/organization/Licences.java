package dev.tenure.organization;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.store.OrganizationStore;
import dev.tenure.organization.store.Slice;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// Licence pools: how many seats are used. Who gets one follows from what users and groups were
/// granted, in the statement that grants it.
public final class Licences {
  private final OrganizationStore store;

  Licences(Database database) {
    this.store = new OrganizationStore(database);
  }

  /// What happens when a pool is asked for a seat and all are used.
  public enum WhenFull {
    /// It is given, and shown as overdrawn: nobody waits for a purchase.
    OVERDRAW,
    /// Whoever asks is refused with 409.
    REFUSE
  }

  /// A pool and its use. `used` may be more than `seats` where the pool may be overdrawn.
  public record PoolUse(
      String sku,
      String name,
      int seats,
      long used,
      BigDecimal price,
      String currency,
      WhenFull whenFull) {
    /// How many seats are used beyond those that there are.
    public long overdrawn() {
      return Math.max(0, used - seats);
    }
  }

  /// A user and the licences that it has a seat of.
  public record Holder(UUID user, List<String> skus) {}

  /// Some of all users who have a seat, in the order of their ids.
  public record Holders(long total, List<Holder> some) {
    public Holders {
      some = List.copyOf(some);
    }
  }

  /// A page of the users who have a seat.
  public Holders holders(OrganizationId organization, Slice.At slice) {
    var rows = store.holders(organization, slice);
    return new Holders(
        rows.getFirst().total(),
        rows.stream()
            .flatMap(
                row -> Optional.ofNullable(row.user()).map(u -> new Holder(u, row.skus())).stream())
            .toList());
  }

  /// The roles that bring a licence, each with its SKU.
  public Map<String, String> roles(OrganizationId organization) {
    var bringing = new TreeMap<String, String>();
    for (var role : store.roles(organization)) {
      Optional.ofNullable(role.sku()).ifPresent(sku -> bringing.put(role.name(), sku));
    }
    return bringing;
  }

  /// The pools of an organization, by SKU.
  public List<PoolUse> occupancy(OrganizationId organization) {
    return store.pools(organization).stream()
        .map(p ->
            new PoolUse(
                p.sku(),
                p.name(),
                p.seats(),
                p.used(),
                p.price(),
                p.currency(),
                WhenFull.valueOf(p.whenFull())))
        .toList();
  }
}
