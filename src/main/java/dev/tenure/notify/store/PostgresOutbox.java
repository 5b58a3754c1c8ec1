package dev.tenure.notify.store;

import dev.tenure.id.Correlation;
import dev.tenure.notify.Answer;
import dev.tenure.notify.Message;
import dev.tenure.notify.Outbox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Rows of `notice_message`, `notice_told` and `notice_receiver`.
public final class PostgresOutbox implements Outbox {
  static final String LOG = "system/notify";

  private static final String DUE =
      """
      select r.receiver from notice_receiver r
      where (r.next_at is null or r.next_at <= :now)
        and (r.lease_until is null or r.lease_until <= :now)
        and exists (select 1 from notice_message m where m.receiver = r.receiver)
      order by r.receiver\
      """;

  private static final String LEASE =
      """
      update notice_receiver set lease_until = :until, leased_by = :owner
      where receiver = :receiver and (next_at is null or next_at <= :now)
        and (lease_until is null or lease_until <= :now)
        and exists (select 1 from notice_message m where m.receiver = :receiver)
      returning failures\
      """;

  private static final String FIRST =
      """
      select id, event, type, at, content, refusals from notice_message
      where receiver = :receiver order by id limit 1\
      """;

  private static final String DONE =
      """
      with gone as (
        delete from notice_message where id = :id returning receiver, event, type, at, content
      )
      insert into notice_told (receiver, event, type, at, content, taken, settled_at, answer)
      select receiver, event, type, at, content, :taken, cast(:now as timestamptz), :answer
      from gone\
      """;

  private static final String AGAIN =
      """
      update notice_message set refusals = :refusals where id = :id\
      """;

  /// Whose lease has run out knows no more how the receiver is.
  private static final String SETTLE =
      """
      update notice_receiver set lease_until = null, leased_by = null, failures = :failures,
        next_at = :next, answered_at = :now, answer = :answer
      where receiver = :receiver and leased_by = :owner\
      """;

  private static final String EXPIRE =
      """
      with gone as (
        delete from notice_message where at < :oldest
        returning receiver, event, type, at, content
      ), kept as (
        insert into notice_told (receiver, event, type, at, content, taken, settled_at, answer)
        select g.receiver, g.event, g.type, g.at, g.content, false, cast(:now as timestamptz),
          coalesce(r.answer, '')
        from gone g left join notice_receiver r on r.receiver = g.receiver
      ), noted as (
        insert into audit_entry (log, actor, action, subject, correlation, detail)
        select cast(:log as text), :actor, 'notify.given-up', receiver, :correlation,
          jsonb_build_object('event', event, 'kind', type, 'why', 'nobody took it')
        from gone
      )
      select receiver, type, at from gone order by at\
      """;

  private static final String FORGET = "delete from notice_told where settled_at < :oldest";

  private static final String OPEN =
      """
      select receiver, event, type, at, content from notice_message order by id limit :count\
      """;

  private static final String TOLD =
      """
      select id, receiver, event, type, at, content, taken, settled_at, answer from notice_told
      where id < :before order by id desc limit :count\
      """;

  private static final String TESTED =
      """
      insert into notice_told (receiver, event, type, at, content, taken, settled_at, answer)
      values (:receiver, cast(:event as uuid), :type, :at, cast(:content as jsonb), :taken, :at,
        :answer)\
      """;

  private static final String NOTE =
      """
      insert into audit_entry (log, actor, action, subject, correlation, detail)
      values (cast(:log as text), :actor, :action, :receiver, :correlation, cast(:detail as jsonb))\
      """;

  private static final String STANDINGS =
      """
      select r.receiver, r.failures, r.next_at, r.answered_at, r.answer,
        count(m.id) as waiting, min(m.at) as oldest
      from notice_receiver r left join notice_message m on m.receiver = r.receiver
      group by r.receiver order by r.receiver\
      """;

  private final Jdbi jdbi;

  public PostgresOutbox(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public List<String> due(Instant now) {
    return jdbi.withHandle(
        handle -> handle.createQuery(DUE).bind("now", now).mapTo(String.class).list());
  }

  @Override
  public Optional<Waiting> take(String receiver, Lease lease) {
    return jdbi.inTransaction(handle ->
        handle
            .createQuery(LEASE)
            .bind("receiver", receiver)
            .bind("owner", lease.owner())
            .bind("now", lease.now())
            .bind("until", lease.until())
            .mapTo(Integer.class)
            .findOne()
            .flatMap(failures -> first(handle, receiver, failures)));
  }

  private static Optional<Waiting> first(Handle handle, String receiver, int failures) {
    return handle
        .createQuery(FIRST)
        .bind("receiver", receiver)
        .map((row, _) ->
            new Waiting(row.getLong("id"), message(row), row.getInt("refusals"), failures))
        .findOne();
  }

  private static Message message(ResultSet row) throws SQLException {
    return new Message(
        row.getString("event"),
        row.getString("type"),
        row.getTimestamp("at").toInstant(),
        JsonMapper.shared().readTree(row.getString("content")));
  }

  @Override
  public void settle(String receiver, Lease lease, Settled settled) {
    jdbi.useTransaction(handle -> {
      switch (settled.outcome()) {
        case Outcome.Done _ -> done(handle, lease, settled, true);
        case Outcome.GivenUp(var words) -> {
          done(handle, lease, settled, false);
          var detail = JsonMapper.shared().createObjectNode().put("why", words);
          detail.put("event", settled.waiting().message().id());
          detail.put("kind", settled.waiting().message().type());
          note(handle, receiver, "notify.given-up", detail.toString());
        }
        case Outcome.Again again ->
            handle
                .createUpdate(AGAIN)
                .bind("id", settled.waiting().id())
                .bind("refusals", again.refusals())
                .execute();
      }
      released(handle, receiver, lease, settled.outcome());
    });
  }

  private static void done(Handle handle, Lease lease, Settled settled, boolean taken) {
    handle
        .createUpdate(DONE)
        .bind("id", settled.waiting().id())
        .bind("taken", taken)
        .bind("now", lease.now())
        .bind("answer", settled.outcome().words())
        .execute();
  }

  private static void released(Handle handle, String receiver, Lease lease, Outcome outcome) {
    var again =
        outcome instanceof Outcome.Again one ? Optional.of(one) : Optional.<Outcome.Again>empty();
    handle
        .createUpdate(SETTLE)
        .bind("receiver", receiver)
        .bind("owner", lease.owner())
        .bind("now", lease.now())
        .bind("answer", outcome.words())
        .bind("failures", again.map(Outcome.Again::failures).orElse(0))
        .bind("next", again.map(Outcome.Again::next).orElse(null))
        .execute();
  }

  @Override
  public List<Expired> expire(Instant oldest, Instant now) {
    var correlation = Correlation.current();
    return jdbi.withHandle(handle ->
        handle
            .createQuery(EXPIRE)
            .bind("oldest", oldest)
            .bind("now", now)
            .bind("log", LOG)
            .bind("actor", correlation.actor())
            .bind("correlation", correlation.id())
            .map((row, _) ->
                new Expired(
                    row.getString("receiver"),
                    row.getString("type"),
                    row.getTimestamp("at").toInstant()))
            .list());
  }

  @Override
  public void forget(Instant oldest) {
    jdbi.useHandle(handle -> handle.createUpdate(FORGET).bind("oldest", oldest).execute());
  }

  @Override
  public List<Open> open(int countMax) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(OPEN)
            .bind("count", countMax)
            .map((row, _) -> new Open(row.getString("receiver"), message(row)))
            .list());
  }

  @Override
  public List<Told> told(long before, int countMax) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(TOLD)
            .bind("before", before)
            .bind("count", countMax)
            .map((row, _) -> told(row))
            .list());
  }

  private static Told told(ResultSet row) throws SQLException {
    return new Told(
        row.getLong("id"),
        row.getString("receiver"),
        message(row),
        row.getBoolean("taken"),
        row.getTimestamp("settled_at").toInstant(),
        row.getString("answer"));
  }

  @Override
  public List<Standing> standings() {
    return jdbi.withHandle(
        handle -> handle.createQuery(STANDINGS).map((row, _) -> standing(row)).list());
  }

  private static Standing standing(ResultSet row) throws SQLException {
    return new Standing(
        row.getString("receiver"),
        row.getLong("waiting"),
        instant(row.getTimestamp("oldest")),
        row.getInt("failures"),
        instant(row.getTimestamp("answered_at")),
        row.getString("answer"),
        instant(row.getTimestamp("next_at")));
  }

  private static Optional<Instant> instant(@Nullable Timestamp time) {
    return Optional.ofNullable(time).map(Timestamp::toInstant);
  }

  @Override
  public void tested(String receiver, Message message, Answer answer) {
    var taken = answer instanceof Answer.Taken;
    var detail = JsonMapper.shared().createObjectNode();
    detail.put("taken", taken).put("answer", answer.words());
    jdbi.useTransaction(handle -> {
      handle
          .createUpdate(TESTED)
          .bind("receiver", receiver)
          .bind("event", message.id())
          .bind("type", message.type())
          .bind("at", message.at())
          .bind("content", message.content().toString())
          .bind("taken", taken)
          .bind("answer", answer.words())
          .execute();
      note(handle, receiver, "notify.tested", detail.toString());
    });
  }

  private static void note(Handle handle, String receiver, String action, String detail) {
    var correlation = Correlation.current();
    handle
        .createUpdate(NOTE)
        .bind("log", LOG)
        .bind("actor", correlation.actor())
        .bind("action", action)
        .bind("receiver", receiver)
        .bind("correlation", correlation.id())
        .bind("detail", detail)
        .execute();
  }
}
