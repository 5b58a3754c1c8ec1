package dev.tenure.signal.store;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import dev.tenure.signal.EventStream;
import dev.tenure.signal.EventStream.Status;
import dev.tenure.signal.EventType;
import dev.tenure.signal.StreamKey;
import dev.tenure.signal.Streams;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.Update;

/// Streams in PostgreSQL; each method is one statement.
public final class PostgresStreams implements Streams {
  /// The end of a statement with a CTE `done(detail)`: one audit row for each row of it.
  static final String AUDIT =
      """
      insert into audit_entry (log, at, actor, action, subject, correlation, detail)
      select 'organization/' || cast(:organization as text), :now, cast(:actor as text),
        cast(:action as text), cast(cast(:stream as uuid) as text), cast(:correlation as text),
        done.detail from done\
      """;

  private static final String CREATE =
      """
      with done as (
        insert into signal_stream (organization, id, client, issuer, audience, method, endpoint,
          header, requested, delivered, format, description, status, created)
        select :organization, :stream, :client, :issuer, :audience, :method, :endpoint,
          :header, cast(:requested as text[]), :delivered, :format, :description,
          'enabled', :now
        where (select count(*) from signal_stream
          where organization = :organization and client = :client) < :most
        returning jsonb_build_object('client', client, 'method', method, 'delivered', delivered)
          as detail)
      """
          + AUDIT;

  private static final String SELECT =
      "select " + StreamRows.COLUMNS + " from signal_stream s where s.organization = :organization";

  private static final String OF_CLIENT = SELECT + " and s.client = :client order by s.created";

  private static final String FIND = SELECT + " and s.id = :stream";

  private static final String CHANGE =
      """
      with done as (
        update signal_stream set method = :method, endpoint = :endpoint, header = :header,
          requested = cast(:requested as text[]), delivered = :delivered,
          format = :format, description = :description, failures = 0, next_at = null
        where organization = :organization and id = :stream
        returning jsonb_build_object('client', client, 'method', method, 'delivered', delivered)
          as detail)
      """
          + AUDIT;

  private static final String SET =
      """
      with before as (select status from signal_stream
        where organization = :organization and id = :stream for update),
      dropped as (delete from signal_event e using before
        where e.organization = :organization and e.stream = :stream
          and (before.status = 'disabled' or :status = 'disabled') returning e.id),
      done as (
        update signal_stream s set status = :status, reason = :reason, failures = 0, next_at = null
        from before where s.organization = :organization and s.id = :stream
        returning jsonb_strip_nulls(jsonb_build_object('client', s.client, 'was', before.status,
          'status', s.status, 'reason', s.reason, 'dropped', (select count(*) from dropped)))
          as detail)
      """
          + AUDIT;

  private static final String DELETE =
      """
      with done as (
        delete from signal_stream where organization = :organization and id = :stream
        returning jsonb_build_object('client', client) as detail)
      """
          + AUDIT;

  private static final String EXCLUDE =
      """
      with done as (
        insert into signal_subject (organization, stream, subject)
        select :organization, id, :subject from signal_stream
        where organization = :organization and id = :stream
        on conflict do nothing returning jsonb_build_object('removed', subject) as detail)
      """
          + AUDIT;

  private static final String INCLUDE =
      """
      with done as (
        delete from signal_subject
        where organization = :organization and stream = :stream and subject = :subject
        returning jsonb_build_object('added', subject) as detail)
      """
          + AUDIT;

  private static final String VERIFY =
      """
      with asked as (update signal_stream set verified_at = :now
        where organization = :organization and id = :stream
          and (verified_at is null or verified_at <= :before) returning id)
      insert into signal_event (organization, stream, txn, subject, type, urgent, cause,
              content, at)
      select :organization, id, gen_random_uuid(), 'stream', :type, false, 'stream.verified',
        cast(:state as text), :now
      from asked\
      """;

  private final Database database;

  public PostgresStreams(Database database) {
    this.database = database;
  }

  @Override
  public boolean create(EventStream stream, int most, Instant now) {
    return execute(
        CREATE,
        stream.key(),
        now,
        statement ->
            StreamRows.contents(statement, stream)
                .bind("action", "signal.stream-created")
                .bind("client", stream.client())
                .bind("issuer", stream.issuer())
                .bind("audience", stream.audience())
                .bind("most", most));
  }

  @Override
  public List<EventStream> of(OrganizationId organization, String client) {
    return database
        .jdbi()
        .withHandle(handle ->
            StreamRows.of(handle.createQuery(OF_CLIENT), organization)
                .bind("client", client)
                .map((row, _) -> StreamRows.stream(row))
                .list());
  }

  @Override
  public Optional<EventStream> find(StreamKey stream) {
    return database
        .jdbi()
        .withHandle(handle ->
            StreamRows.of(handle.createQuery(FIND), stream)
                .map((row, _) -> StreamRows.stream(row))
                .findOne());
  }

  @Override
  public boolean change(EventStream stream, Instant now) {
    return execute(
        CHANGE,
        stream.key(),
        now,
        statement ->
            StreamRows.contents(statement, stream).bind("action", "signal.stream-changed"));
  }

  @Override
  public boolean set(StreamKey stream, Status status, Instant now) {
    return execute(
        SET,
        stream,
        now,
        statement ->
            statement
                .bind("action", "signal.stream-" + status.state().wire())
                .bind("status", status.state().wire())
                .bind("reason", status.reason().orElse(null)));
  }

  @Override
  public boolean delete(StreamKey stream, Instant now) {
    return execute(DELETE, stream, now, s -> s.bind("action", "signal.stream-deleted"));
  }

  @Override
  public void exclude(StreamKey stream, String subject, Instant now) {
    execute(
        EXCLUDE,
        stream,
        now,
        statement -> statement.bind("action", "signal.subject-removed").bind("subject", subject));
  }

  @Override
  public void include(StreamKey stream, String subject, Instant now) {
    execute(
        INCLUDE,
        stream,
        now,
        statement -> statement.bind("action", "signal.subject-added").bind("subject", subject));
  }

  @Override
  public boolean verify(StreamKey stream, Optional<String> state, Asked asked) {
    return execute(
        VERIFY,
        stream,
        asked.now(),
        statement ->
            statement
                .bind("type", EventType.VERIFICATION.uri())
                .bind("state", state.orElse(null))
                .bind("before", asked.before()));
  }

  private interface Values {
    Update bind(Update statement);
  }

  private boolean execute(String sql, StreamKey stream, Instant now, Values values) {
    return database
            .jdbi()
            .withHandle(handle -> {
              var statement = StreamRows.of(handle.createUpdate(sql), stream).bind("now", now);
              if (sql.endsWith(AUDIT)) StreamRows.audited(statement);
              return values.bind(statement).execute();
            })
        == 1;
  }
}
