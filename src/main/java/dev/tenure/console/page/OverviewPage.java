package dev.tenure.console.page;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tenure.console.Asked;
import dev.tenure.console.Gate;
import dev.tenure.console.Pages;
import dev.tenure.console.Parts;
import dev.tenure.console.Trouble;
import dev.tenure.console.Words;
import dev.tenure.deliver.StoredPlan;
import dev.tenure.flow.Comings;
import dev.tenure.flow.Flow;
import dev.tenure.flow.FlowStates.FlowState;
import dev.tenure.http.Response;
import dev.tenure.http.Routes;
import dev.tenure.id.FlowId;
import dev.tenure.id.OrganizationId;
import dev.tenure.licence.Ledgers;
import dev.tenure.plan.Lane;
import dev.tenure.store.FlowStore;
import dev.tenure.store.TenantStore;
import dev.tenure.target.Budget;
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
  private static final Duration FAILURES = Duration.ofDays(1);
  private static final Pages.Sort SORT = new Pages.Sort("Overview", "", "tenure status");

  private final Parts parts;
  private final Pages pages;
  private final FlowStore flows;
  private final TenantStore tenants;

  /// Who will come and leave, by flow: the rules are asked about many people.
  private final AsyncLoadingCache<FlowId, List<Comings.Coming>> ahead =
      Caffeine.newBuilder()
          .maximumSize(FLOWS)
          .refreshAfterWrite(FRESH)
          .executor(Beside.THREAD)
          .buildAsync(this::comings);

  public OverviewPage(Parts parts, Pages pages) {
    this.parts = parts;
    this.pages = pages;
    this.flows = new FlowStore(parts.database());
    this.tenants = new TenantStore(parts.database());
  }

  public Routes routes(Gate gate) {
    return new Routes().add("GET", "/console", gate.page(this::answer));
  }

  /// What the page shows. `ahead`: who will come and leave; absent while that is being found out.
  public record View(
      List<FlowLine> flows,
      List<PoolView> pools,
      Chart comings,
      Optional<Chart> ahead,
      Chart limited,
      Instant now) {}

  /// How a flow is. `tone`: good, warn, bad or idle; `words` says it. `lastRead`: the source was
  /// last read whole; `oldest`: when the oldest change that waits was planned; `load`: how the
  /// budget of its target is used.
  public record FlowLine(
      String flow,
      String target,
      String tone,
      String words,
      Optional<Instant> lastCycle,
      Optional<Instant> lastRead,
      Map<String, Long> counts,
      List<Queue> queue,
      Optional<Instant> oldest,
      long held,
      Optional<Budget.Load> load,
      FlowStore.Failed failed,
      Optional<StoredPlan> newest,
      Optional<Trouble.Line> problem,
      int findings) {}

  /// So many changes of a lane wait to be sent.
  public record Queue(String lane, long size) {}

  private Response answer(Asked asked) {
    var now = parts.engine().world().clock().instant();
    var organizations = parts.organizations().all();
    var view =
        new View(
            parts.engine().flows().stream().map(flow -> line(flow, now)).toList(),
            Stream.concat(organizations.stream().flatMap(this::pools), poolsElsewhere()).toList(),
            comings(now),
            ahead(now),
            limited(organizations, now),
            now);
    return pages.page(asked, SORT, "overview.jte", view);
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

  private FlowLine line(Flow flow, Instant now) {
    var state = parts.engine().states().of(flow.id()).filter(s -> s.endedAt().isPresent());
    var open = flows.open(flow.id());
    var failed = flows.failed(flow.id(), now.minus(FAILURES));
    var newest = parts.engine().plans().list(flow.id(), 1).stream().findFirst();
    long held = size(open, true);
    var problem = state.flatMap(FlowState::problem);
    var health = health(state, held + failed.size(), state.filter(s -> isLate(s, now, flow)));
    return new FlowLine(
        flow.id().value(),
        parts.engine().target(flow).map(OrganizationId::value).orElse("a SCIM server"),
        health.tone(),
        health.words(),
        state.flatMap(FlowState::endedAt),
        flows.readAt(flow.id()),
        state.map(FlowState::counts).orElse(Map.of()),
        queue(open),
        oldest(open),
        held,
        flow.target().budget().load(),
        failed,
        newest,
        problem.map(Trouble.Line::of),
        state.map(s -> s.findings().size()).orElse(0));
  }

  private static long size(List<FlowStore.Open> open, boolean held) {
    return open.stream()
        .filter(o -> o.state().equals("held") == held)
        .mapToLong(FlowStore.Open::size)
        .sum();
  }

  private static List<Queue> queue(List<FlowStore.Open> open) {
    var lanes = new TreeMap<Lane, Long>();
    open.stream()
        .filter(o -> !o.state().equals("held"))
        .forEach(o -> lanes.merge(o.lane(), o.size(), Long::sum));
    return lanes.entrySet().stream()
        .map(e -> new Queue(Words.lane(e.getKey()), e.getValue()))
        .toList();
  }

  private static Optional<Instant> oldest(List<FlowStore.Open> open) {
    return open.stream()
        .filter(o -> !o.state().equals("held"))
        .map(FlowStore.Open::oldest)
        .min(Instant::compareTo);
  }

  private static boolean isLate(FlowState state, Instant now, Flow flow) {
    var due = state.startedAt().map(at -> at.plus(flow.config().every().multipliedBy(3)));
    return due.filter(at -> at.isBefore(now)).isPresent();
  }

  private record Health(String tone, String words) {}

  private static Health health(
      Optional<FlowState> state, long attention, Optional<FlowState> late) {
    if (state.isEmpty()) return new Health("idle", "not run by serve yet");
    if (state.get().problem().isPresent()) return new Health("bad", "the last cycle failed");
    if (late.isPresent()) return new Health("bad", "no cycle for too long");
    if (attention > 0) return new Health("warn", "something waits for you");
    return new Health("good", "in step");
  }

  private List<Comings.Coming> comings(FlowId flow) {
    var engine = parts.engine();
    return engine.cycle().comings(engine.flow(flow.value()), Duration.ofDays(DAYS));
  }

  private Chart comings(Instant now) {
    var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    var first = today.minusDays(DAYS - 1L);
    var since = first.atStartOfDay(ZoneOffset.UTC).toInstant();
    var joined = new TreeMap<LocalDate, Long>();
    var left = new TreeMap<LocalDate, Long>();
    for (var flow : parts.engine().flows()) {
      for (var day : flows.days(flow.id(), since)) {
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
