package dev.tenure.store;

import dev.tenure.database.Database;
import dev.tenure.deliver.PlanNumber;
import dev.tenure.deliver.PlanState;
import dev.tenure.id.FlowId;
import dev.tenure.plan.Lane;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// What the overview asks of each flow.
public final class FlowStore {
  private static final String OPEN =
      """
      select c.lane, c.state, count(*) as size, min(p.made_at) as oldest
      from change c join plan p on p.flow = :flow and p.number = c.plan
      where c.flow = :flow and c.state in ('waiting', 'leased', 'held')
      group by c.lane, c.state order by c.lane, c.state\
      """;

  private static final String READ_AT = "select read_at from flow_state where flow = :flow";

  private static final String FAILED =
      """
      select count(*) as size, min(settled_at) as oldest from change
      where flow = :flow and state in ('refused', 'dead')
        and settled_at >= cast(:since as timestamptz)\
      """;

  private static final String NEWEST =
      """
      select number, state from plan where flow = :flow order by number desc limit 1\
      """;

  private static final String DAYS =
      """
      select cast(settled_at at time zone 'UTC' as date) as day, lane, count(*) as size from change
      where flow = :flow and state = 'done' and lane in (0, 2)
        and settled_at >= cast(:since as timestamptz) and settled_at < cast(:until as timestamptz)
      group by day, lane order by day, lane\
      """;

  private final Database database;

  public FlowStore(Database database) {
    this.database = database;
  }

  /// So many changes of this lane are in this state: waiting, leased or held; when the oldest of
  /// them was planned.
  public record Open(Lane lane, String state, long size, Instant oldest) {}

  /// The queue of a flow.
  public List<Open> open(FlowId flow) {
    return database
        .jdbi()
        .withHandle(h ->
            h.createQuery(OPEN)
                .bind("flow", flow.value())
                .map((row, _) ->
                    new Open(
                        Lane.of(row.getInt("lane")),
                        row.getString("state"),
                        row.getLong("size"),
                        row.getTimestamp("oldest").toInstant()))
                .list());
  }

  /// A plan, without what became of its changes: they may be many.
  public record Newest(PlanNumber number, PlanState state) {}

  /// The newest plan of a flow.
  public Optional<Newest> newest(FlowId flow) {
    return database
        .jdbi()
        .withHandle(h ->
            h.createQuery(NEWEST)
                .bind("flow", flow.value())
                .map((row, _) ->
                    new Newest(
                        new PlanNumber(row.getLong("number")),
                        PlanState.of(row.getString("state"))))
                .findOne());
  }

  /// When the source was last read whole; absent before the first time.
  public Optional<Instant> readAt(FlowId flow) {
    return database
        .jdbi()
        .withHandle(h ->
            h.createQuery(READ_AT)
                .bind("flow", flow.value())
                .map((row, _) -> Optional.ofNullable(row.getTimestamp("read_at")))
                .findOne()
                .flatMap(at -> at.map(t -> t.toInstant())));
  }

  /// How many changes the target did not take, and since when.
  public record Failed(long size, Optional<Instant> oldest) {}

  public Failed failed(FlowId flow, Instant since) {
    return database
        .jdbi()
        .withHandle(h ->
            h.createQuery(FAILED)
                .bind("flow", flow.value())
                .bind("since", since)
                .map((row, _) ->
                    new Failed(
                        row.getLong("size"),
                        Optional.ofNullable(row.getTimestamp("oldest")).map(t -> t.toInstant())))
                .one());
  }

  /// So many joined, or left, on a day (UTC), from one time until before another.
  public record Day(LocalDate day, boolean joined, long size) {}

  public List<Day> days(FlowId flow, Instant since, Instant until) {
    return database
        .jdbi()
        .withHandle(h ->
            h.createQuery(DAYS)
                .bind("flow", flow.value())
                .bind("since", since)
                .bind("until", until)
                .map((row, _) ->
                    new Day(
                        row.getObject("day", LocalDate.class),
                        row.getInt("lane") == Lane.JOINER.rank(),
                        row.getLong("size")))
                .list());
  }
}
