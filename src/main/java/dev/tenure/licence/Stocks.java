package dev.tenure.licence;

import dev.tenure.flow.Flow;
import dev.tenure.flow.Flows;
import dev.tenure.id.OrganizationId;
import dev.tenure.licence.Home.Elsewhere;
import dev.tenure.licence.Home.Hosted;
import dev.tenure.organization.Licences.PoolUse;
import dev.tenure.organization.Licences.WhenFull;
import dev.tenure.organization.Organizations;
import dev.tenure.plan.Seats;
import dev.tenure.target.Bought;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How many seats there are and are used: an organization tells of itself, elsewhere the flows do.
record Stocks(Organizations hosted, Flows flows) {
  List<OrganizationId> organizations() {
    return hosted.all();
  }

  List<Elsewhere> elsewhere() {
    return flows.all().stream()
        .flatMap(f -> f.bought().stream())
        .map(b -> new Elsewhere(b.target()))
        .distinct()
        .toList();
  }

  /// All that have a pool.
  List<Home> homes() {
    var organizations =
        organizations().stream()
            .filter(o -> !hosted.licences().occupancy(o).isEmpty())
            .map(Hosted::new);
    return Stream.<Home>concat(organizations, elsewhere().stream()).toList();
  }

  /// The flows that lead there.
  List<Flow> leading(Home home) {
    return flows.all().stream().filter(f -> Home.of(f).filter(home::equals).isPresent()).toList();
  }

  /// The pools there, by SKU.
  List<Stock> of(Home home) {
    return switch (home) {
      case Hosted(var id) -> of(id);
      case Elsewhere there -> of(there);
    };
  }

  private List<Stock> of(OrganizationId organization) {
    var roles = hosted.licences().roles(organization);
    return hosted.licences().occupancy(organization).stream()
        .map(pool ->
            new Stock(
                pool,
                roles.entrySet().stream()
                    .filter(e -> e.getValue().equals(pool.sku()))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet())))
        .toList();
  }

  /// Each flow knows of what others do there from its last whole read; that which saw the most
  /// counts.
  private List<Stock> of(Elsewhere there) {
    var leading = leading(there);
    if (leading.isEmpty()) return List.of();
    var used =
        leading.stream()
            .map(Flow::seats)
            .flatMap(s -> s.get().pools().stream())
            .collect(Collectors.toMap(Seats.Pool::sku, Seats.Pool::taken, Math::max));
    return leading.getFirst().bought().stream()
        .map(Bought::pools)
        .flatMap(List::stream)
        .map(p -> stock(p, used.getOrDefault(p.sku(), 0L)))
        .sorted(Comparator.comparing(s -> s.pool().sku()))
        .toList();
  }

  /// Nobody there refuses what is more than was bought, as far as is known.
  private static Stock stock(Bought.Pool pool, long used) {
    return new Stock(
        new PoolUse(
            pool.sku(),
            pool.name(),
            pool.seats(),
            used,
            pool.price(),
            pool.currency(),
            WhenFull.OVERDRAW),
        pool.roles());
  }
}
