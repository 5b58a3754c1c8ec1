package dev.tenure.console.page;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.tenure.console.Asked;
import dev.tenure.console.Gate;
import dev.tenure.console.Live;
import dev.tenure.console.Pages;
import dev.tenure.console.Parts;
import dev.tenure.console.Words;
import dev.tenure.flow.Comings;
import dev.tenure.http.Response;
import dev.tenure.http.Routes;
import dev.tenure.id.FlowId;
import dev.tenure.id.OrganizationId;
import dev.tenure.licence.Ledgers;
import dev.tenure.store.FlowStore;
import dev.tenure.store.TenantStore;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Whether all is well: a line for each flow, a bar for each pool, who came and went.
public final class OverviewPage {
  private static final int DAYS = 30;
  static final int HOURS = 48;
  private static final int FLOWS = 1_000;
  private static final Duration FRESH = Duration.ofMinutes(10);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
  private static final Pages.Sort SORT = new Pages.Sort("Overview", "", "tenure status");

  private final Parts parts;
  private final Pages pages;
  private final Live live;
  private final FlowLines lines;
  private final FlowStore flows;
  private final TenantStore tenants;

  /// Who will come and leave, by flow: the rules are asked about many people.
  private final AsyncLoadingCache<FlowId, List<Comings.Coming>> ahead =
      Caffeine.newBuilder()
          .maximumSize(FLOWS)
          .refreshAfterWrite(FRESH)
          .executor(Beside.THREAD)
          .buildAsync(this::comings);

  /// Who joined and left on days that are over: they do not change.
  private final Cache<Over, List<FlowStore.Day>> over =
      Caffeine.newBuilder().maximumSize(FLOWS).expireAfterWrite(Duration.ofHours(1)).build();

  private record Over(FlowId flow, LocalDate today) {}

  /// What changes while it is looked at: one look for all who look.
  private final LoadingCache<String, Live.Piece> pieces =
      Caffeine.newBuilder().expireAfterWrite(LOOK_EVERY).build(_ -> piece());

  public OverviewPage(Parts parts, Pages pages, Live live) {
    this.parts = parts;
    this.pages = pages;
    this.live = live;
    this.lines = new FlowLines(parts);
    this.flows = new FlowStore(parts.database());
    this.tenants = new TenantStore(parts.database());
  }

  public Routes routes(Gate gate) {
    return new Routes()
        .add("GET", "/console", gate.page(this::answer))
        .add("GET", "/console/live", gate.live(this::follow));
  }

  /// What the page shows. `ahead`: who will come and leave; absent while that is being found out.
  public record View(Now now, List<PoolView> pools, Chart comings, Optional<Chart> ahead) {}

  /// What of it changes from one moment to the next.
  public record Now(List<FlowLines.FlowLine> flows, Chart limited, Instant at) {}

  private Response answer(Asked asked) {
    var now = now();
    var organizations = parts.organizations().all();
    var pools = Stream.concat(organizations.stream().flatMap(this::pools), poolsElsewhere());
    var view = new View(now, pools.toList(), comings(now.at()), ahead(now.at()));
    return pages.page(asked, SORT, "overview.jte", view);
  }

  private Now now() {
    var now = parts.engine().world().clock().instant();
    return new Now(lines.all(now), limited(parts.organizations().all(), now), now);
  }

  private Response follow(Asked asked) {
    return live.stream(asked, LOOK_EVERY, () -> pieces.get(""));
  }

  private Live.Piece piece() {
    return new Live.Piece(pages.fragment("overview-now.jte", now()), false);
  }

  private Stream<PoolView> pools(OrganizationId id) {
    return parts.organizations().licences().occupancy(id).stream()
        .map(pool -> new PoolView(id.value(), pool));
  }

  /// As of the last look of the server.
  private Stream<PoolView> poolsElsewhere() {
    var ledgers = parts.engine().ledgers();
    return ledgers.elsewhere().stream()
        .flatMap(home -> ledgers.seen(home).stream())
        .map(Ledgers.Seen::ledger)
        .flatMap(l -> l.lines().stream().map(n -> new PoolView(l.home().name(), n.pool())));
  }

  private List<Comings.Coming> comings(FlowId flow) {
    var engine = parts.engine();
    return engine.cycle().comings(engine.flow(flow.value()), Duration.ofDays(DAYS));
  }

  private Chart comings(Instant now) {
    var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    var first = today.minusDays(DAYS - 1L);
    var joined = new TreeMap<LocalDate, Long>();
    var left = new TreeMap<LocalDate, Long>();
    for (var flow : parts.engine().flows()) {
      for (var day : days(flow.id(), first, today)) {
        (day.joined() ? joined : left).merge(day.day(), day.size(), Long::sum);
      }
    }
    var points = new ArrayList<Chart.Point>();
    for (var day = first; !day.isAfter(today); day = day.plusDays(1)) {
      points.add(
          new Chart.Point(
              day.toString(), joined.getOrDefault(day, 0L), left.getOrDefault(day, 0L)));
    }
    return Chart.of("joined", "left", points);
  }

  private List<FlowStore.Day> days(FlowId flow, LocalDate first, LocalDate today) {
    var midnight = today.atStartOfDay(ZoneOffset.UTC).toInstant();
    var since = first.atStartOfDay(ZoneOffset.UTC).toInstant();
    var past = over.get(new Over(flow, today), _ -> flows.days(flow, since, midnight));
    var now = flows.days(flow, midnight, midnight.plus(Duration.ofDays(1)));
    return Stream.concat(past.stream(), now.stream()).toList();
  }

  /// Absent while it is being found out of some flow.
  private Optional<Chart> ahead(Instant now) {
    var joining = new TreeMap<LocalDate, Long>();
    var leaving = new TreeMap<LocalDate, Long>();
    for (var flow : parts.engine().flows()) {
      var comings = Beside.within(ahead.get(flow.id()));
      if (comings == null) return Optional.empty();
      for (var coming : comings) {
        var day = LocalDate.ofInstant(coming.at(), ZoneOffset.UTC);
        (coming.joins() ? joining : leaving).merge(day, 1L, Long::sum);
      }
    }
    var points = new ArrayList<Chart.Point>();
    var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    for (var day = today; !day.isAfter(today.plusDays(DAYS)); day = day.plusDays(1)) {
      points.add(
          new Chart.Point(
              day.toString(), joining.getOrDefault(day, 0L), leaving.getOrDefault(day, 0L)));
    }
    return Optional.of(Chart.of("will join", "will leave", points));
  }

  /// By the organizations that are hosted here, and by targets elsewhere.
  private Chart limited(List<OrganizationId> organizations, Instant now) {
    var last = now.truncatedTo(ChronoUnit.HOURS);
    var first = last.minus(Duration.ofHours(HOURS - 1L));
    var hours =
        organizations.stream()
            .flatMap(o -> tenants.limited(o, first).stream())
            .collect(
                Collectors.toMap(
                    TenantStore.Hour::hour, TenantStore.Hour::size, Long::sum, TreeMap::new));
    parts.engine().flows().stream()
        .filter(flow -> parts.engine().target(flow).isEmpty())
        .map(flow -> flow.target().budget())
        .distinct()
        .flatMap(budget -> budget.load().stream())
        .forEach(load -> load.refused().forEach((hour, n) -> hours.merge(hour, n, Long::sum)));
    return refused(hours, first, last);
  }

  /// Hour by hour, from the first to the last.
  static Chart refused(Map<Instant, Long> hours, Instant first, Instant last) {
    var points = new ArrayList<Chart.Point>();
    for (var hour = first; !hour.isAfter(last); hour = hour.plus(Duration.ofHours(1))) {
      points.add(new Chart.Point(Words.minute(hour), hours.getOrDefault(hour, 0L), 0));
    }
    return Chart.of("refused with 429", "", points);
  }
}
