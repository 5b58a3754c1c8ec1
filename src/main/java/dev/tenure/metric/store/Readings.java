package dev.tenure.metric.store;

import dev.tenure.database.Database;
import dev.tenure.id.FlowId;
import dev.tenure.plan.Lane;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads what gauges show: one statement for each table, each for a second or two at most. What
/// cannot be read is absent; the others are there.
public final class Readings {
  private static final Logger LOG = LoggerFactory.getLogger(Readings.class);

  /// Seconds that a statement may take.
  private static final int SECONDS_MAX = 2;

  private static final String FLOWS =
      """
      select flow, read_at, case when outcome = 'done' then ended_at end as turned_at
      from flow_state\
      """;

  /// Each part by the partial index that is made for it. Of what failed, what nobody has planned
  /// anew since, as in `tenure failed`.
  private static final String QUEUE =
      """
      select c.flow, c.lane, c.state, count(*) as size, min(p.made_at) as oldest
      from (
        select flow, plan, lane, state from change where state in ('waiting', 'held')
        union all
        select flow, plan, lane, state from change where state = 'leased'
        union all
        select f.flow, f.plan, f.lane, f.state from change f
        where f.state in ('refused', 'dead') and not exists (
          select 1 from change e
          where e.flow = f.flow and e.person = f.person and e.plan > f.plan
            and e.state <> 'superseded')) c
        join plan p on p.flow = c.flow and p.number = c.plan
      group by c.flow, c.lane, c.state\
      """;

  private static final String RECEIPTS =
      """
      select c.flow, count(*) as size,
        extract(epoch from percentile_disc(0.5)
          within group (order by c.settled_at - p.made_at)) as median,
        extract(epoch from max(c.settled_at - p.made_at)) as longest
      from change c join plan p on p.flow = c.flow and p.number = c.plan
      where c.lane = 0 and c.members = '[]' and c.state = 'done'
        and c.settled_at > :since::timestamptz
      group by c.flow\
      """;

  private static final String TARGETS =
      """
      select target, state as bucket from target_state\
      """;

  /// Seats are counted after the limit has come to pass. The organizations of the file come first.
  private static final String POOLS =
      """
      select p.*, (
        select count(*) from seat s where s.organization = p.organization and s.sku = p.sku) as used
      from (
        select l.organization, l.sku, l.seats, count(*) over () as pools
        from licence_pool l join organization o on o.organization = l.organization
        order by o.declared desc, l.organization, l.sku limit :max) p\
      """;

  /// Of targets elsewhere, as they were last written down.
  private static final String POOLS_ELSEWHERE =
      """
      select d.target, d.sku, d.seats, d.used from target_licence_day d
      where d.day = (select max(m.day) from target_licence_day m where m.target = d.target)
      order by d.target, d.sku limit :max\
      """;

  private final Database database;

  public Readings(Database database) {
    this.database = database;
  }

  /// When the source was last read whole, and when the flow last had a good turn.
  public record FlowRow(FlowId flow, Optional<Instant> readAt, Optional<Instant> turnedAt) {}

  /// So many changes of a lane are in a state; when the oldest of them was planned.
  public record QueueRow(FlowId flow, Lane lane, String state, long size, Instant oldest) {}

  /// So many leavers are out since then; seconds from the plan until the target showed it.
  public record ReceiptRow(FlowId flow, long size, double median, double longest) {}

  /// What is kept of a target, as JSON.
  public record TargetRow(String target, String state) {}

  /// A pool of licences; `pools`: how many pools there are in all.
  public record PoolRow(String organization, String sku, long seats, long used, long pools) {}

  /// A pool of a target elsewhere, by its name in the configuration.
  public record ElsewhereRow(String target, String sku, long seats, long used) {}

  public Optional<List<FlowRow>> flows() {
    return rows(
        FLOWS,
        Map.of(),
        row ->
            new FlowRow(
                new FlowId(row.getString("flow")),
                instant(row.getTimestamp("read_at")),
                instant(row.getTimestamp("turned_at"))));
  }

  public Optional<List<QueueRow>> queue() {
    return rows(
        QUEUE,
        Map.of(),
        row ->
            new QueueRow(
                new FlowId(row.getString("flow")),
                Lane.of(row.getInt("lane")),
                row.getString("state"),
                row.getLong("size"),
                row.getTimestamp("oldest").toInstant()));
  }

  public Optional<List<ReceiptRow>> receipts(Instant since) {
    return rows(
        RECEIPTS,
        Map.of("since", since),
        row ->
            new ReceiptRow(
                new FlowId(row.getString("flow")),
                row.getLong("size"),
                row.getDouble("median"),
                row.getDouble("longest")));
  }

  public Optional<List<TargetRow>> targets() {
    return rows(
        TARGETS, Map.of(), row -> new TargetRow(row.getString("target"), row.getString("bucket")));
  }

  /// At most so many.
  public Optional<List<PoolRow>> pools(int countMax) {
    return rows(
        POOLS,
        Map.of("max", countMax),
        row ->
            new PoolRow(
                row.getString("organization"),
                row.getString("sku"),
                row.getLong("seats"),
                row.getLong("used"),
                row.getLong("pools")));
  }

  /// At most so many; also of targets that are configured no more.
  public Optional<List<ElsewhereRow>> poolsElsewhere(int countMax) {
    return rows(
        POOLS_ELSEWHERE,
        Map.of("max", countMax),
        row ->
            new ElsewhereRow(
                row.getString("target"),
                row.getString("sku"),
                row.getLong("seats"),
                row.getLong("used")));
  }

  private interface Mapper<T> {
    T map(ResultSet row) throws SQLException;
  }

  private <T> Optional<List<T>> rows(String sql, Map<String, Object> values, Mapper<T> mapper) {
    try {
      return Optional.of(
          database
              .jdbi()
              .withHandle(handle ->
                  handle
                      .createQuery(sql)
                      .setQueryTimeout(SECONDS_MAX)
                      .bindMap(values)
                      .map((row, _) -> mapper.map(row))
                      .list()));
    } catch (JdbiException e) {
      LOG.debug("a reading for the metrics failed", e);
      return Optional.empty();
    }
  }

  private static Optional<Instant> instant(@Nullable Timestamp time) {
    return Optional.ofNullable(time).map(Timestamp::toInstant);
  }
}
