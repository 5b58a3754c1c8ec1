package dev.tenure.notify.store;

import dev.tenure.id.Correlation;
import dev.tenure.notify.Condition;
import dev.tenure.notify.Kind;
import dev.tenure.notify.Notice;
import dev.tenure.notify.Notices;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Rows of `notice`, and the messages that come of them. One look at a time, on whatever node: what
/// it reads and what it writes belong together.
public final class PostgresNotices implements Notices {
  private static final String LOCK =
      """
      select pg_try_advisory_xact_lock(hashtextextended('notices', 7))\
      """;

  /// No look keeps the connection for long.
  private static final String PATIENCE =
      """
      select set_config('statement_timeout', '20s', true)\
      """;

  private static final String KNOWN =
      """
      select kind, subject, since, seen_at, told_at, gone_at, marks, flows, details from notice
      where kind = any(cast(:kinds as text[])) order by kind, subject\
      """;

  private static final String KEEP =
      """
      insert into notice
        (kind, subject, since, seen_at, told_at, gone_at, marks, flows, details)
      values (:kind, :subject, :since, :seen, :told, :gone, cast(:marks as integer[]),
        cast(:flows as text[]), cast(:details as jsonb))
      on conflict (kind, subject) do update set told_at = excluded.told_at,
        gone_at = excluded.gone_at, marks = excluded.marks, flows = excluded.flows,
        details = excluded.details\
      """;

  private static final String DROP =
      """
      delete from notice where kind = :kind and subject = :subject\
      """;

  /// That it was to be told stands in the audit log.
  private static final String POST =
      """
      with known as (
        insert into notice_receiver (receiver) values (:receiver)
        on conflict (receiver) do nothing
      ), waiting as (
        insert into notice_message (receiver, event, type, at, content)
        values (:receiver, :event, :type, :at, cast(:content as jsonb))
      )
      insert into audit_entry (log, actor, action, subject, correlation, detail)
      values (cast(:log as text), :actor, 'notify.queued', :receiver, :correlation,
        jsonb_build_object('event', cast(:event as text), 'kind', cast(:type as text),
          'state', cast(:content as jsonb)->>'state',
          'about', cast(:content as jsonb)->>'subject'))\
      """;

  private final Jdbi jdbi;

  public PostgresNotices(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public boolean settle(Look look, Judge judge) {
    return jdbi.inTransaction(handle -> {
      handle.createQuery(PATIENCE).mapTo(String.class).one();
      if (!handle.createQuery(LOCK).mapTo(Boolean.class).one()) return false;
      var verdict = judge.of(known(handle, look.kinds()), conditions(handle, look));
      verdict.dropped().forEach(key -> drop(handle, key));
      verdict.kept().forEach(notice -> keep(handle, notice));
      verdict.posts().forEach(post -> post(handle, post));
      return true;
    });
  }

  private static List<Condition> conditions(Handle handle, Look look) {
    var all = new ArrayList<Condition>();
    if (look.kinds().contains(Kind.PLAN_HELD)) all.addAll(FlowConditions.of(handle, look));
    if (look.kinds().contains(Kind.LICENCE_LOW))
      all.addAll(OrganizationConditions.of(handle, look));
    return all;
  }

  private static List<Notice> known(Handle handle, List<Kind> kinds) {
    return handle
        .createQuery(KNOWN)
        .bind("kinds", kinds.stream().map(Kind::wire).toArray(String[]::new))
        .map((row, _) -> notice(row))
        .list();
  }

  private static Notice notice(ResultSet row) throws SQLException {
    var kind = Kind.of(row.getString("kind")).orElseThrow();
    var told = instant(row.getTimestamp("told_at"));
    var marks = Marks.of(row.getArray("marks"));
    var flows = List.of((String[]) row.getArray("flows").getArray());
    var details = (ObjectNode) JsonMapper.shared().readTree(row.getString("details"));
    return new Notice(
        new Condition.Key(kind, row.getString("subject")),
        row.getTimestamp("since").toInstant(),
        row.getTimestamp("seen_at").toInstant(),
        told.map(at -> new Notice.Told(at, marks, flows, details)),
        instant(row.getTimestamp("gone_at")));
  }

  private static Optional<Instant> instant(@Nullable Timestamp time) {
    return Optional.ofNullable(time).map(Timestamp::toInstant);
  }

  private static void keep(Handle handle, Notice notice) {
    var told = notice.told();
    handle
        .createUpdate(KEEP)
        .bind("kind", notice.key().kind().wire())
        .bind("subject", notice.key().subject())
        .bind("since", notice.since())
        .bind("seen", notice.seenAt())
        .bind("told", told.map(Notice.Told::at).orElse(null))
        .bind("gone", notice.goneAt().orElse(null))
        .bind("marks", told.stream().flatMap(t -> t.marks().stream()).toArray(Integer[]::new))
        .bind("flows", told.stream().flatMap(t -> t.flows().stream()).toArray(String[]::new))
        .bind("details", told.map(t -> t.details().toString()).orElse("{}"))
        .execute();
  }

  private static void drop(Handle handle, Condition.Key key) {
    handle
        .createUpdate(DROP)
        .bind("kind", key.kind().wire())
        .bind("subject", key.subject())
        .execute();
  }

  private static void post(Handle handle, Post post) {
    var correlation = Correlation.current();
    handle
        .createUpdate(POST)
        .bind("log", PostgresOutbox.LOG)
        .bind("actor", correlation.actor())
        .bind("correlation", correlation.id())
        .bind("receiver", post.receiver())
        .bind("event", post.event())
        .bind("type", post.message().type())
        .bind("at", post.message().at())
        .bind("content", post.message().content().toString())
        .execute();
  }
}
