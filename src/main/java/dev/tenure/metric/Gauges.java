package dev.tenure.metric;

import dev.tenure.database.Database;
import dev.tenure.flow.Flow;
import dev.tenure.flow.Flows;
import dev.tenure.id.FlowId;
import dev.tenure.metric.store.Readings;
import dev.tenure.metric.store.Readings.ElsewhereRow;
import dev.tenure.metric.store.Readings.FlowRow;
import dev.tenure.metric.store.Readings.PoolRow;
import dev.tenure.metric.store.Readings.QueueRow;
import dev.tenure.metric.store.Readings.ReceiptRow;
import dev.tenure.metric.store.Readings.TargetRow;
import dev.tenure.plan.Lane;
import dev.tenure.target.Bought;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/// What is found out when somebody asks: how the flows of the configuration stand, their queues and
/// targets, the licences, the database. Where the database does not tell, what it would have told
/// is left out, and `tenure_database_up` is 0.
final class Gauges implements MultiCollector {
  /// So many pools are shown at most: each is two lines of every answer.
  static final int POOLS_MAX = 1_000;

  private static final Duration LIFE = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration DAY = Duration.ofDays(1);
  private static final List<String> STATES =
      List.of("waiting", "leased", "held", "refused", "dead");

  private final Flows flows;
  private final Database database;
  private final Meter meter;
  private final Health health;
  private final InstantSource clock;
  private final Instant startedAt;
  private final Cached<Reading> readings;

  /// What the database told at one moment.
  private record Reading(
      Optional<List<FlowRow>> flows,
      Optional<List<QueueRow>> queue,
      Optional<List<ReceiptRow>> receipts,
      Optional<List<TargetRow>> targets,
      Optional<List<PoolRow>> pools,
      Optional<List<ElsewhereRow>> elsewhere) {
    static final Reading NOTHING =
        new Reading(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    static Reading of(Readings readings, Instant now) {
      return new Reading(
          readings.flows(),
          readings.queue(),
          readings.receipts(now.minus(DAY)),
          readings.targets(),
          readings.pools(POOLS_MAX),
          readings.poolsElsewhere(POOLS_MAX));
    }
  }

  Gauges(Metrics.Watched watched, Health health, InstantSource clock) {
    this.flows = watched.flows();
    this.database = watched.database();
    this.meter = watched.meter();
    this.health = health;
    this.clock = clock;
    this.startedAt = clock.instant();
    var readings = new Readings(database);
    this.readings =
        new Cached<>(() -> Reading.of(readings, clock.instant()), LIFE, PATIENCE, clock);
  }

  @Override
  public MetricSnapshots collect() {
    boolean up = health.problem().isEmpty();
    var reading = up ? readings.get().orElse(Reading.NOTHING) : Reading.NOTHING;
    var now = clock.instant();
    var all = new ArrayList<MetricSnapshot>();
    all.add(new Family(Metric.DATABASE_UP).put(up ? 1 : 0).snapshot());
    connections().map(Family::snapshot).forEach(all::add);
    turns(reading, now).map(Family::snapshot).forEach(all::add);
    reading.queue().stream().flatMap(q -> queue(q, now)).map(Family::snapshot).forEach(all::add);
    reading.receipts().stream().flatMap(this::receipts).forEach(f -> all.add(f.snapshot()));
    reading.targets().stream().flatMap(t -> targets(t, now)).forEach(f -> all.add(f.snapshot()));
    reading.pools().stream().flatMap(Gauges::licences).map(Family::snapshot).forEach(all::add);
    reading.elsewhere().stream().flatMap(this::elsewhere).forEach(f -> all.add(f.snapshot()));
    return new MetricSnapshots(all);
  }

  private Stream<Family> connections() {
    var pool = database.connections();
    return Stream.of(
        new Family(Metric.DATABASE_CONNECTIONS)
            .put(pool.active(), "active")
            .put(pool.idle(), "idle"),
        new Family(Metric.DATABASE_CONNECTIONS_MAX).put(pool.max()),
        new Family(Metric.DATABASE_THREADS_WAITING).put(pool.waiting()));
  }

  /// What this process saw, or the database has from another one, whichever is later. Where neither
  /// knows anything good, it counts from the start of this process.
  private Stream<Family> turns(Reading reading, Instant now) {
    var kept = new HashMap<FlowId, FlowRow>();
    reading.flows().stream().flatMap(List::stream).forEach(row -> kept.put(row.flow(), row));
    var interval = new Family(Metric.FLOW_INTERVAL);
    var turn = new Family(Metric.FLOW_GOOD_TURN_AGE);
    var read = new Family(Metric.FLOW_GOOD_READ_AGE);
    for (var flow : flows.all()) {
      var id = flow.id();
      var row = Optional.ofNullable(kept.get(id));
      interval.put(seconds(flow.config().every()), id.value());
      turn.put(age(meter.goodTurn(id), row.flatMap(FlowRow::turnedAt), now), id.value());
      read.put(age(meter.goodRead(id), row.flatMap(FlowRow::readAt), now), id.value());
    }
    return Stream.of(interval, turn, read);
  }

  private double age(Optional<Instant> seen, Optional<Instant> kept, Instant now) {
    var last = Stream.concat(seen.stream(), kept.stream()).max(Instant::compareTo);
    return age(last.orElse(startedAt), now);
  }

  private static double age(Instant then, Instant now) {
    return Math.max(0, seconds(Duration.between(then, now)));
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }

  private Stream<Family> queue(List<QueueRow> rows, Instant now) {
    var changes = new Family(Metric.QUEUE_CHANGES);
    var oldest = new Family(Metric.QUEUE_OLDEST_AGE);
    var ids = flows.all().stream().map(Flow::id).toList();
    for (var id : ids) {
      for (var lane : Lane.values()) {
        for (var state : STATES) {
          changes.put(0, id.value(), lane.wire(), state);
          oldest.put(0, id.value(), lane.wire(), state);
        }
      }
    }
    for (var row : rows) {
      if (!ids.contains(row.flow())) continue;
      changes.put(row.size(), row.flow().value(), row.lane().wire(), row.state());
      oldest.put(age(row.oldest(), now), row.flow().value(), row.lane().wire(), row.state());
    }
    return Stream.of(changes, oldest);
  }

  /// Where nobody left there is no time.
  private Stream<Family> receipts(List<ReceiptRow> rows) {
    var size = new Family(Metric.RECEIPTS);
    var time = new Family(Metric.RECEIPT_TIME);
    var ids = flows.all().stream().map(Flow::id).toList();
    ids.forEach(id -> size.put(0, id.value()));
    for (var row : rows) {
      var flow = row.flow().value();
      if (!ids.contains(row.flow())) continue;
      size.put(row.size(), flow);
      time.put(row.median(), flow, "median");
      time.put(row.longest(), flow, "longest");
    }
    return Stream.of(size, time);
  }

  private Stream<Family> targets(List<TargetRow> rows, Instant now) {
    var kept = new HashMap<String, TargetRow>();
    rows.forEach(row -> kept.put(row.target(), row));
    var limit = new Family(Metric.TARGET_LIMIT);
    var blocked = new Family(Metric.TARGET_BLOCKED);
    var quarantined = new Family(Metric.TARGET_QUARANTINED);
    readers()
        .forEach((target, reader) -> {
          var row = kept.getOrDefault(target, new TargetRow(target, "{}"));
          var state = reader.of(JsonMapper.shared().readTree(row.state()), now);
          state.perMinute().ifPresent(rate -> limit.put(rate, target));
          var rest = state.blockedUntil().map(until -> Duration.between(now, until));
          blocked.put(rest.map(Gauges::seconds).orElse(0.0), target);
          quarantined.put(state.quarantined() ? 1 : 0, target);
        });
    return Stream.of(limit, blocked, quarantined);
  }

  /// The targets of the flows, by what their budgets are called.
  private Map<String, TargetStanding.Reader> readers() {
    var readers = new HashMap<String, TargetStanding.Reader>();
    for (var flow : flows.all()) {
      if (flow.target().budget() instanceof CountedBudget counted) {
        readers.put(counted.target(), counted.reader());
      }
    }
    return readers;
  }

  /// By what the budgets of the targets are called, as with all that is told of targets.
  private Stream<Family> elsewhere(List<ElsewhereRow> rows) {
    var used = new Family(Metric.TARGET_SEATS_USED);
    var purchased = new Family(Metric.TARGET_SEATS_PURCHASED);
    for (var flow : flows.all()) {
      if (!(flow.target().budget() instanceof CountedBudget counted)) continue;
      var name = flow.bought().map(Bought::target);
      for (var row : rows) {
        if (name.filter(row.target()::equals).isEmpty()) continue;
        used.put(row.used(), counted.target(), row.sku());
        purchased.put(row.seats(), counted.target(), row.sku());
      }
    }
    return Stream.of(used, purchased);
  }

  private static Stream<Family> licences(List<PoolRow> rows) {
    var used = new Family(Metric.SEATS_USED);
    var purchased = new Family(Metric.SEATS_PURCHASED);
    for (var row : rows) {
      used.put(row.used(), row.organization(), row.sku());
      purchased.put(row.seats(), row.organization(), row.sku());
    }
    var pools = rows.isEmpty() ? 0 : rows.getFirst().pools();
    return Stream.of(used, purchased, new Family(Metric.POOLS).put(pools));
  }
}
