package dev.tenure.store;

import dev.tenure.database.Database;
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
      select lane, state, count(*) as size from change
      where flow = :flow and state in ('waiting', 'leased', 'held')
      group by lane, state order by lane, state\
      """;

  private static final String FAILED =
      """
      select count(*) as size, min(settled_at) as oldest from change
      where flow = :flow and state in ('refused', 'dead')
        and settled_at >= cast(:since as timestamptz)\
      """;

  private static final String DAYS =
      """
      select cast(settled_at at time zone 'UTC' as date) as day, lane, count(*) as size from change
      where flow = :flow and state = 'done' and lane in (0, 2)
        and settled_at >= cast(:since as timestamptz)
      group by day, lane order by day, lane\
      """;

  private final Database database;

  public FlowStore(Database database) {
    this.database = database;
  }

  /// So many changes of this lane are in this state: waiting, leased or held.
  public record Open(Lane lane, String state, long size) {}

  /// The queue of a flow.
  public List<Open> open(FlowId flow) {
    return database
        .jdbi()
        .withHandle(h ->
            h.createQuery(OPEN)
                .bind("flow", flow.value())
                .map((row, _) ->
                    new Open(
                        Lane.of(row.getInt("lane")), row.getString("state"), row.getLong("size")))
                .list());
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

  /// So many joined, or left, on a day (UTC).
  public record Day(LocalDate day, boolean joined, long size) {}

  public List<Day> days(FlowId flow, Instant since) {
    return database
        .jdbi()
        .withHandle(h ->
            h.createQuery(DAYS)
                .bind("flow", flow.value())
                .bind("since", since)
                .map((row, _) ->
                    new Day(
                        row.getObject("day", LocalDate.class),
                        row.getInt("lane") == Lane.JOINER.rank(),
                        row.getLong("size")))
                .list());
  }
}
