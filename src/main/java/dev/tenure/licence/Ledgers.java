package dev.tenure.licence;

import dev.tenure.database.Database;
import dev.tenure.flow.Cycle;
import dev.tenure.flow.Flow;
import dev.tenure.flow.Flows;
import dev.tenure.flow.Outlook;
import dev.tenure.flow.Outlook.Move;
import dev.tenure.id.OrganizationId;
import dev.tenure.licence.Forecast.Step;
import dev.tenure.licence.Ledger.Line;
import dev.tenure.licence.store.LicenceStore;
import dev.tenure.organization.Licences.PoolUse;
import dev.tenure.organization.Organizations;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// The ledgers of all organizations, as they are now, and their days before.
public final class Ledgers {
  /// A trend is made of so many days.
  private static final int TREND_DAYS = 90;

  /// So many days are kept.
  private static final int DAYS_KEPT = 400;

  private final Organizations organizations;
  private final Flows flows;
  private final Cycle.Books books;
  private final LicenceStore store;
  private final Reclaiming reclaiming;
  private final Clock clock;
  private final Map<OrganizationId, Seen> seen = new ConcurrentHashMap<>();

  /// What ledgers are made from.
  public record Sources(Organizations organizations, Flows flows, Cycle.Books books) {}

  public Ledgers(Sources sources, LicenceConfig config, Database database, Clock clock) {
    this.organizations = sources.organizations();
    this.flows = sources.flows();
    this.books = sources.books();
    this.store = new LicenceStore(database);
    this.reclaiming = new Reclaiming(store, books, config.idle(), clock);
    this.clock = clock;
  }

  /// All organizations that have a pool, by name.
  public List<Ledger> all() {
    return organizations.all().stream()
        .filter(o -> !organizations.licences().occupancy(o).isEmpty())
        .map(this::of)
        .toList();
  }

  /// The ledger of one organization.
  public Ledger of(OrganizationId organization) {
    return of(organization, reclaimable(organization));
  }

  private Ledger of(OrganizationId organization, List<Reclaimable> found) {
    var leading = leading(organization);
    var moves = leading.stream().flatMap(f -> Outlook.of(f, books).stream()).toList();
    var history = history(organization, TREND_DAYS);
    var roles = organizations.licences().roles(organization);
    var lines = new ArrayList<Line>();
    for (var pool : organizations.licences().occupancy(organization)) {
      var sku = pool.sku();
      lines.add(
          new Line(
              pool,
              roles.entrySet().stream()
                  .filter(e -> e.getValue().equals(sku))
                  .map(Map.Entry::getKey)
                  .collect(Collectors.toSet()),
              reserved(sku, moves),
              found.stream().filter(r -> r.skus().contains(sku)).count(),
              forecast(pool, moves, history)));
    }
    return new Ledger(organization, leading.stream().map(Flow::id).toList(), lines);
  }

  /// The flows that lead to the organization.
  public List<Flow> leading(OrganizationId organization) {
    return flows.all().stream()
        .filter(f -> f.organization().filter(organization::equals).isPresent())
        .toList();
  }

  /// The seats of the organization that could be had back, with the evidence.
  public List<Reclaimable> reclaimable(OrganizationId organization) {
    return reclaiming.of(organization, leading(organization));
  }

  /// The pools of the organization in the last days, by SKU, the first day first.
  public List<Day> history(OrganizationId organization, int days) {
    return store.days(organization, today().minusDays(days));
  }

  /// A ledger as it was a while ago, with the seats that could be had back.
  public record Seen(Ledger ledger, List<Reclaimable> reclaimable, Instant at) {
    public Seen {
      reclaimable = List.copyOf(reclaimable);
    }

    /// The line of this licence.
    public Optional<Line> line(String sku) {
      return ledger.lines().stream().filter(l -> l.pool().sku().equals(sku)).findFirst();
    }
  }

  /// The ledger as it was last written down by this process: for who cannot wait for it to be made.
  public Optional<Seen> seen(OrganizationId organization) {
    return Optional.ofNullable(seen.get(organization));
  }

  /// Writes down how all pools are today.
  public void record() {
    for (var organization : organizations.all()) {
      var pools = organizations.licences().occupancy(organization);
      if (!pools.isEmpty()) record(organization);
    }
  }

  private void record(OrganizationId organization) {
    var found = reclaimable(organization);
    var ledger = of(organization, found);
    seen.put(organization, new Seen(ledger, found, clock.instant()));
    var today = today();
    var days =
        ledger.lines().stream()
            .map(l ->
                new Day(
                    l.pool().sku(),
                    today,
                    l.pool().seats(),
                    l.pool().used(),
                    l.reserved(),
                    l.reclaimable()))
            .toList();
    store.keep(organization, days, today.minusDays(DAYS_KEPT));
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private static long reserved(String sku, List<Move> moves) {
    return moves.stream().filter(m -> m.gains().contains(sku)).map(Move::person).distinct().count();
  }

  private Forecast forecast(PoolUse pool, List<Move> moves, List<Day> history) {
    var steps = new ArrayList<Step>();
    for (var move : moves) {
      var day = LocalDate.ofInstant(move.at(), ZoneOffset.UTC);
      if (move.gains().contains(pool.sku())) steps.add(new Step(day, 1));
      if (move.losses().contains(pool.sku())) steps.add(new Step(day, -1));
    }
    var own = history.stream().filter(d -> d.sku().equals(pool.sku())).toList();
    return Forecast.of(pool.seats() - pool.used(), steps, own, today());
  }
}
