package dev.tenure.flow.store;

import dev.tenure.flow.Fingerprint;
import dev.tenure.flow.Places;
import dev.tenure.id.FlowId;
import dev.tenure.source.Feed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/// The columns of `flow_state` that tell where a flow stands.
public final class PostgresPlaces implements Places {
  private static final String SELECT =
      """
      select cursor, rules, ends, read_at, swept_at from flow_state where flow = :flow\
      """;

  private static final String KEEP =
      """
      insert into flow_state (flow, cursor, rules, ends, read_at, swept_at)
      values (:flow, :cursor, :rules, :ends, cast(:read as timestamptz),
        cast(:swept as timestamptz))
      on conflict (flow) do update set cursor = excluded.cursor, rules = excluded.rules,
        ends = excluded.ends, read_at = excluded.read_at, swept_at = excluded.swept_at\
      """;

  private static final String SENDING =
      """
      insert into flow_state (flow, sending_since) values (:flow, :now::timestamptz)
      on conflict (flow) do update
        set sending_since = coalesce(flow_state.sending_since, excluded.sending_since)
      returning sending_since\
      """;

  private static final String SENT =
      """
      update flow_state set sending_since = null where flow = :flow\
      """;

  private final Jdbi jdbi;

  public PostgresPlaces(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public Place of(FlowId flow) {
    return jdbi.withHandle(handle ->
            handle
                .createQuery(SELECT)
                .bind("flow", flow.value())
                .map((row, _) -> place(row))
                .findOne())
        .orElse(new Place(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
  }

  private static Place place(ResultSet row) throws SQLException {
    return new Place(
        Optional.ofNullable(row.getString("cursor")).map(Feed.Cursor::new),
        decidedBy(row),
        Optional.ofNullable(row.getTimestamp("read_at")).map(Timestamp::toInstant),
        Optional.ofNullable(row.getTimestamp("swept_at")).map(Timestamp::toInstant));
  }

  /// What was decided before ends were told apart says nothing of them.
  private static Optional<Fingerprint> decidedBy(ResultSet row) throws SQLException {
    var ends = Optional.ofNullable(row.getString("ends")).orElse("");
    return Optional.ofNullable(row.getString("rules")).map(rules -> new Fingerprint(rules, ends));
  }

  @Override
  public void keep(FlowId flow, Place place) {
    jdbi.useHandle(handle ->
        handle
            .createUpdate(KEEP)
            .bind("flow", flow.value())
            .bind("cursor", place.cursor().map(Feed.Cursor::value).orElse(null))
            .bind("rules", place.decidedBy().map(Fingerprint::rules).orElse(null))
            .bind("ends", place.decidedBy().map(Fingerprint::ends).orElse(null))
            .bind("read", place.readAt().orElse(null))
            .bind("swept", place.sweptAt().orElse(null))
            .execute());
  }

  @Override
  public Instant sending(FlowId flow, Instant now) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(SENDING)
            .bind("flow", flow.value())
            .bind("now", now)
            .map((row, _) -> row.getTimestamp("sending_since").toInstant())
            .one());
  }

  @Override
  public void sent(FlowId flow) {
    jdbi.useHandle(handle -> handle.createUpdate(SENT).bind("flow", flow.value()).execute());
  }
}
