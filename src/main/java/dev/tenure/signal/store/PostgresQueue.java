package dev.tenure.signal.store;

import dev.tenure.database.Database;
import dev.tenure.signal.EventType;
import dev.tenure.signal.Queue;
import dev.tenure.signal.Signal;
import dev.tenure.signal.StreamKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;

/// What waits in the streams, in PostgreSQL. Each method is one statement.
public final class PostgresQueue implements Queue {
  private static final int EVENTS_MAX = 200;
  private static final int URGENT_MAX = 50;
  private static final long BYTES_MAX = 4L << 20;

  /// Goes over the streams of all organizations, as small a table as that of the organizations, and
  /// for each of them over its own events only. A client that was disabled is told nothing.
  private static final String DUE =
      """
      select s.organization, s.id from signal_stream s
      where s.method = 'push' and s.status = 'enabled'
        and (s.next_at is null or s.next_at <= :now)
        and (s.lease_until is null or s.lease_until <= :now)
        and exists (select from client c
          where c.organization = s.organization and c.name = s.client and not c.disabled)
        and exists (select from signal_event e
          where e.organization = s.organization and e.stream = s.id
            and not exists (select from signal_event w
              where w.organization = s.organization and w.stream = s.id
                and w.subject = e.subject and w.next_at > :now))
      order by s.next_at nulls first, s.organization, s.id\
      """;

  private static final String LEASE =
      """
      with free as (select id from signal_stream where organization = :organization and id = :stream
        and method = 'push' and status = 'enabled' and (next_at is null or next_at <= :now)
        and (lease_until is null or lease_until <= :now) for update skip locked)
      update signal_stream s set lease_until = :until, leased_by = :owner
      from free where s.organization = :organization and s.id = free.id
      returning
      """
          + StreamRows.COLUMNS;

  private static final String RELEASE =
      """
      update signal_stream set lease_until = null, leased_by = null
      where organization = :organization and id = :stream and leased_by = :owner\
      """;

  /// The events of subjects who lost access come first, then all: both parts in order, so that
  /// reading one after the other keeps the order of each subject. What fits into the bytes is read,
  /// and one event in any case.
  private static final String FIRST =
      """
      with waiting as (select distinct subject from signal_event
        where organization = :organization and stream = :stream and next_at > :now),
      urgent as (select distinct subject from (select subject from signal_event
        where organization = :organization and stream = :stream and urgent
          and not exists (select from waiting w where w.subject = signal_event.subject)
        order by id limit :urgentMax) as few),
      event as (
        (select 0 as part, e.* from signal_event e
          where e.organization = :organization and e.stream = :stream
            and e.subject in (select subject from urgent) order by e.id limit :most)
        union all
        (select 1 as part, e.* from signal_event e
          where e.organization = :organization and e.stream = :stream
            and not exists (select from waiting w where w.subject = e.subject)
          order by e.id limit :most))
      select * from (select sized.*, sum(size) over (order by part, id) as bytes
        from (select event.*, count(*) over () as found, coalesce(octet_length(content), 0)
            + 64 * (coalesce(cardinality(joined), 0) + coalesce(cardinality(parted), 0)) as size
          from event) as sized) as summed
      where bytes - size < :bytesMax
      order by part, id\
      """;

  private static final String LAST =
      """
      select 0 as found, e.* from signal_event e
      where e.organization = :organization and e.stream = :stream and e.type = :type order by e.id\
      """;

  private static final String SETTLE =
      """
      with outcome as (select * from jsonb_to_recordset(cast(:outcomes as jsonb))
        as o(id bigint, state text, err text, description text, next_at timestamptz)),
      gone as (delete from signal_event e using outcome o
        where e.organization = :organization and e.stream = :stream and e.id = o.id
          and o.state <> 'failed'
        returning e.subject as event_subject, e.type, e.txn, o.state, o.err, o.description),
      failed as (update signal_event e set attempts = e.attempts + 1, next_at = o.next_at
        from outcome o where e.organization = :organization and e.stream = :stream and e.id = o.id
          and o.state = 'failed'),
      kept as (update signal_stream set failures = :failures, next_at = :nextTry,
          lease_until = :until
        where organization = :organization and id = :stream and leased_by = :owner),
      done as (select jsonb_build_object('subject', event_subject, 'type', type, 'txn', txn,
        'err', err, 'description', description) as detail from gone where state = 'refused')
      """
          + PostgresStreams.AUDIT;

  private static final String ACKNOWLEDGE =
      """
      with said as (select * from jsonb_to_recordset(cast(:outcomes as jsonb))
        as o(id bigint, txn uuid, err text, description text)),
      gone as (delete from signal_event e using said o
        where e.organization = :organization and e.stream = :stream and e.id = o.id
          and e.txn = o.txn
        returning e.subject as event_subject, e.type, e.txn, o.err, o.description),
      done as (select jsonb_build_object('subject', event_subject, 'type', type, 'txn', txn,
        'err', err, 'description', description) as detail from gone where err is not null)
      """
          + PostgresStreams.AUDIT;

  /// As [#DUE], over all streams, each with its own events only.
  private static final String OVERDUE =
      """
      select s.organization, s.id from signal_stream s
      where s.status <> 'disabled' and ((select e.at from signal_event e
          where e.organization = s.organization and e.stream = s.id order by e.id limit 1) < :oldest
        or exists (select from signal_event e
          where e.organization = s.organization and e.stream = s.id
          order by e.id offset :most limit 1))
      order by s.organization, s.id\
      """;

  private static final String EXPIRE =
      """
      with gone as (delete from signal_event e using signal_stream s
        where e.organization = :organization and e.stream = :stream and e.at < :oldest
          and e.attempts > 0 and s.organization = :organization and s.id = :stream
          and s.method = 'push' and s.status = 'enabled' and s.failures = 0
        returning e.subject as event_subject, e.type, e.txn, e.attempts),
      done as (select jsonb_build_object('subject', event_subject, 'type', type, 'txn', txn,
        'attempts', attempts) as detail from gone)
      """
          + PostgresStreams.AUDIT;

  private static final String GIVE_UP =
      """
      with disabled as (update signal_stream s set status = 'disabled', reason = :reason,
          failures = 0, next_at = null
        where s.organization = :organization and s.id = :stream and s.status <> 'disabled'
        returning s.id),
      dropped as (delete from signal_event e using disabled
        where e.organization = :organization and e.stream = disabled.id returning e.at),
      told as (insert into signal_event
          (organization, stream, txn, subject, type, urgent, cause, content, at)
        select :organization, id, gen_random_uuid(), 'stream', :type, true, 'disabled',
          cast(:reason as text), :now
        from disabled),
      done as (select jsonb_build_object('reason', cast(:reason as text), 'dropped',
        (select count(*) from dropped), 'oldest', (select min(at) from dropped)) as detail
        from disabled)
      """
          + PostgresStreams.AUDIT;

  private final Database database;

  public PostgresQueue(Database database) {
    this.database = database;
  }

  @Override
  public List<StreamKey> due(Instant now) {
    return database
        .jdbi()
        .withHandle(handle ->
            handle.createQuery(DUE).bind("now", now).map((row, _) -> StreamRows.key(row)).list());
  }

  @Override
  public Optional<Leased> lease(StreamKey stream, Lease lease) {
    return database
        .jdbi()
        .withHandle(handle ->
            leased(StreamRows.of(handle.createQuery(LEASE), stream), lease)
                .bind("now", lease.now())
                .map((row, _) -> new Leased(StreamRows.stream(row), row.getInt("failures")))
                .findOne());
  }

  @Override
  public void release(StreamKey stream, String owner) {
    database
        .jdbi()
        .useHandle(handle ->
            StreamRows.of(handle.createUpdate(RELEASE), stream).bind("owner", owner).execute());
  }

  @Override
  public Window first(StreamKey stream, Instant now) {
    return database
        .jdbi()
        .withHandle(handle ->
            window(
                StreamRows.of(handle.createQuery(FIRST), stream)
                    .bind("now", now)
                    .bind("urgentMax", URGENT_MAX)
                    .bind("most", EVENTS_MAX)
                    .bind("bytesMax", BYTES_MAX)));
  }

  @Override
  public Window last(StreamKey stream, Instant now) {
    return database
        .jdbi()
        .withHandle(handle ->
            window(
                StreamRows.of(handle.createQuery(LAST), stream)
                    .bind("type", EventType.STREAM_UPDATED.uri())));
  }

  private record Found(Signal signal, long found) {}

  /// An event that stands in both parts counts where it stands first.
  private static Window window(Query query) {
    var rows =
        query.map((row, _) -> new Found(SignalRows.signal(row), row.getLong("found"))).list();
    var seen = new HashSet<Long>();
    var signals = new ArrayList<Signal>();
    for (var row : rows) {
      if (seen.add(row.signal().id())) signals.add(row.signal());
    }
    var cut = !rows.isEmpty() && rows.getFirst().found() > rows.size();
    return new Window(signals, cut || signals.size() >= EVENTS_MAX);
  }

  @Override
  public void settle(StreamKey stream, Lease lease, Settlement settlement) {
    database
        .jdbi()
        .useHandle(handle ->
            leased(audited(StreamRows.of(handle.createUpdate(SETTLE), stream), lease.now()), lease)
                .bind("action", "signal.refused")
                .bind("outcomes", SignalRows.outcomes(settlement.outcomes()))
                .bind("failures", settlement.failures())
                .bind("nextTry", settlement.nextTry().orElse(null))
                .execute());
  }

  @Override
  public void acknowledge(StreamKey stream, Acknowledgement acknowledgement, Instant now) {
    database
        .jdbi()
        .useHandle(handle ->
            audited(StreamRows.of(handle.createUpdate(ACKNOWLEDGE), stream), now)
                .bind("action", "signal.refused")
                .bind("outcomes", SignalRows.said(acknowledgement))
                .execute());
  }

  @Override
  public List<StreamKey> overdue(Limits limits) {
    return database
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery(OVERDUE)
                .bind("oldest", limits.oldest())
                .bind("most", limits.most())
                .map((row, _) -> StreamRows.key(row))
                .list());
  }

  @Override
  public int expire(StreamKey stream, Instant oldest, Instant now) {
    return database
        .jdbi()
        .withHandle(handle ->
            audited(StreamRows.of(handle.createUpdate(EXPIRE), stream), now)
                .bind("action", "signal.expired")
                .bind("oldest", oldest)
                .execute());
  }

  @Override
  public boolean giveUp(StreamKey stream, String reason, Instant now) {
    return database
            .jdbi()
            .withHandle(handle ->
                audited(StreamRows.of(handle.createUpdate(GIVE_UP), stream), now)
                    .bind("action", "signal.stream-given-up")
                    .bind("type", EventType.STREAM_UPDATED.uri())
                    .bind("reason", reason)
                    .execute())
        == 1;
  }

  private static <S extends SqlStatement<S>> S leased(S statement, Lease lease) {
    return statement.bind("owner", lease.owner()).bind("until", lease.until());
  }

  private static <S extends SqlStatement<S>> S audited(S statement, Instant now) {
    return StreamRows.audited(statement).bind("now", now);
  }
}
