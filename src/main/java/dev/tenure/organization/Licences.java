package dev.tenure.organization;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.store.OrganizationStore;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// Licence pools: who gets a seat, and how many are used.
public final class Licences {
  private final OrganizationStore store;

  Licences(Database database) {
    this.store = new OrganizationStore(database);
  }

  /// A pool and its use. `used` may be more than `seats`: nobody is refused, it is shown.
  public record PoolUse(
      String sku, String name, int seats, long used, BigDecimal price, String currency) {
    /// How many seats are used beyond those that there are.
    public long overdrawn() {
      return Math.max(0, used - seats);
    }
  }

  /// The pools of an organization, by SKU.
  public List<PoolUse> occupancy(OrganizationId organization) {
    return store.pools(organization).stream()
        .map(p -> new PoolUse(p.sku(), p.name(), p.seats(), p.used(), p.price(), p.currency()))
        .toList();
  }

  /// The seats that an active user takes: one of each licence that its roles bring (only the
  /// dearest where the profile says so), and one of each that it was given by name.
  static List<String> seats(Organization organization, List<String> roles, List<String> explicit) {
    var byRole =
        roles.stream()
            .flatMap(role -> organization.licences().getOrDefault(role, Optional.empty()).stream())
            .distinct()
            .toList();
    var seats = new LinkedHashSet<>(byRole);
    if (organization.profile().dearestLicenceOnly()) seats.retainAll(dearest(organization, byRole));
    explicit.stream().filter(organization.prices()::containsKey).forEach(seats::add);
    return new ArrayList<>(seats);
  }

  private static List<String> dearest(Organization organization, List<String> skus) {
    return skus.stream()
        .max(
            Comparator.comparing(
                    (String sku) -> organization.prices().getOrDefault(sku, BigDecimal.ZERO))
                .thenComparing(Comparator.naturalOrder()))
        .map(List::of)
        .orElse(List.of());
  }
}
