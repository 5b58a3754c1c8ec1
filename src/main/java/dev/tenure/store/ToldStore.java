package dev.tenure.store;

import dev.tenure.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What receivers were told, and whether they have it: from the audit log, and from the messages
/// that still wait.
public final class ToldStore {
  private static final String LOG = "system/notify";

  /// What is given up was tried for a day at most.
  private static final String PAGE =
      """
      select t.id, t.at, t.subject as receiver, t.detail ->> 'event' as event,
        t.detail ->> 'kind' as kind, t.detail ->> 'state' as state, t.detail ->> 'about' as about,
        case
          when exists (select from notice_message m where m.receiver = t.subject
            and m.event = cast(t.detail ->> 'event' as uuid)) then 'waiting'
          when exists (select from audit_trail g where g.log = :log
            and g.action = 'notify.given-up' and g.subject = t.subject
            and g.at between t.at and t.at + interval '2 days'
            and g.detail ->> 'event' = t.detail ->> 'event') then 'given-up'
          else 'taken' end as delivery
      from audit_trail t
      where t.log = :log and t.action = 'notify.queued'
        and (t.at, t.id) < (cast(:at as timestamptz), :id)
        and (cast(:receiver as text) is null or t.subject = :receiver)
      order by t.at desc, t.id desc limit :count\
      """;

  private final Database database;

  public ToldStore(Database database) {
    this.database = database;
  }

  /// What somebody was told. `state`: whether it begins or is over; `about`: of what it is so;
  /// `delivery`: `waiting`, `taken` or `given-up`.
  public record Told(
      long id,
      Instant at,
      String receiver,
      String event,
      String kind,
      String state,
      String about,
      String delivery) {}

  /// What was told before, of one receiver or of all, the newest first.
  public List<Told> page(Optional<String> receiver, TrailStore.Before before, int count) {
    return database
        .jdbi()
        .withHandle(h ->
            h.createQuery(PAGE)
                .bind("log", LOG)
                .bind("receiver", receiver.orElse(null))
                .bind("at", before.at())
                .bind("id", before.id())
                .bind("count", count)
                .map((row, _) -> told(row))
                .list());
  }

  private static Told told(ResultSet row) throws SQLException {
    return new Told(
        row.getLong("id"),
        row.getTimestamp("at").toInstant(),
        row.getString("receiver"),
        row.getString("event"),
        row.getString("kind"),
        row.getString("state"),
        row.getString("about"),
        row.getString("delivery"));
  }
}
