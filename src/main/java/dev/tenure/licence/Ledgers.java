package dev.tenure.licence;

import dev.tenure.database.Database;
import dev.tenure.flow.Cycle;
import dev.tenure.flow.Flow;
import dev.tenure.flow.Flows;
import dev.tenure.flow.Outlook;
import dev.tenure.flow.Outlook.Move;
import dev.tenure.licence.Forecast.Step;
import dev.tenure.licence.Home.Elsewhere;
import dev.tenure.licence.Home.Hosted;
import dev.tenure.licence.Ledger.Line;
import dev.tenure.licence.store.DayStore;
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
import java.util.stream.Stream;

/// The ledgers of all organizations and of all targets elsewhere that have pools, as they are now,
/// and their days before.
public final class Ledgers {
  /// A trend is made of so many days.
  private static final int TREND_DAYS = 90;

  /// So many days are kept.
  private static final int DAYS_KEPT = 400;

  private final Cycle.Books books;
  private final Stocks stocks;
  private final DayStore store;
  private final Reclaiming reclaiming;
  private final Clock clock;
  private final Map<Home, Seen> seen = new ConcurrentHashMap<>();

  /// What ledgers are made from.
  public record Sources(Organizations organizations, Flows flows, Cycle.Books books) {}

  public Ledgers(Sources sources, LicenceConfig config, Database database, Clock clock) {
    this.books = sources.books();
    this.stocks = new Stocks(sources.organizations(), sources.flows());
    this.store = new DayStore(database);
    var seated = new LicenceStore(database);
    this.reclaiming = new Reclaiming(seated, books, config.idle(), clock);
    this.clock = clock;
  }

  /// The ledgers of all [#homes].
  public List<Ledger> all() {
    return homes().stream().map(this::of).toList();
  }

  /// All that have a pool: the organizations by name, then the targets elsewhere.
  public List<Home> homes() {
    return stocks.homes();
  }

  /// Those of whatever is called so: an organization, which may have no pool, or a target elsewhere
  /// that has one.
  public List<Home> named(String name) {
    var hosted = stocks.organizations().stream().filter(o -> o.value().equals(name));
    return Stream.<Home>concat(
            hosted.map(Hosted::new), elsewhere().stream().filter(e -> e.name().equals(name)))
        .toList();
  }

  /// The targets elsewhere that have pools, in the order of the flows that lead there.
  public List<Elsewhere> elsewhere() {
    return stocks.elsewhere();
  }

  /// The ledger of one home.
  public Ledger of(Home home) {
    return of(home, reclaimable(home));
  }

  private Ledger of(Home home, List<Reclaimable> found) {
    var leading = leading(home);
    var moves = leading.stream().flatMap(f -> Outlook.of(f, books).stream()).toList();
    var history = history(home, TREND_DAYS);
    var lines = new ArrayList<Line>();
    for (var stock : stocks.of(home)) {
      var sku = stock.pool().sku();
      lines.add(
          new Line(
              stock.pool(),
              stock.roles(),
              reserved(sku, moves),
              found.stream().filter(r -> r.skus().contains(sku)).count(),
              forecast(stock.pool(), moves, history)));
    }
    return new Ledger(home, leading.stream().map(Flow::id).toList(), lines);
  }

  /// The flows that lead there.
  public List<Flow> leading(Home home) {
    return stocks.leading(home);
  }

  /// The pools there, by SKU: all that is known at once.
  public List<Stock> stocks(Home home) {
    return stocks.of(home);
  }

  /// The seats there that could be had back, with the evidence.
  public List<Reclaimable> reclaimable(Home home) {
    return reclaiming.of(home, leading(home));
  }

  /// The pools there in the last days, by SKU, the first day first.
  public List<Day> history(Home home, int days) {
    return store.days(home, today().minusDays(days));
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
  public Optional<Seen> seen(Home home) {
    return Optional.ofNullable(seen.get(home));
  }

  /// Writes down how all pools are today.
  public void record() {
    homes().forEach(this::record);
  }

  private void record(Home home) {
    var found = reclaimable(home);
    var ledger = of(home, found);
    seen.put(home, new Seen(ledger, found, clock.instant()));
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
    store.keep(home, days, today.minusDays(DAYS_KEPT));
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
