package dev.tenure.organization.store;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import dev.tenure.scim.ScimJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// An organization's own part of the audit log, as its clients may read it.
public final class HistoryStore {
  private static final Duration KEPT = Duration.ofDays(1);

  private static final String READ =
      """
      select id, at, actor, action, subject, person, correlation, cast(detail as text) as detail
      from audit_trail where log = 'organization/' || cast(:organization as text)
        and at >= cast(:since as timestamptz) and at < cast(:until as timestamptz)
        and action = any(cast(:actions as text[]))
        and (cast(:subject as text) is null or subject = cast(:subject as text))
        and (cast(:actor as text) is null or actor = cast(:actor as text))
      order by case when cast(:ascending as boolean) then id end, id desc
      limit :limit offset :offset\
      """;

  private static final String COUNT =
      """
      select count(*) from audit_trail where log = 'organization/' || cast(:organization as text)
        and at >= cast(:since as timestamptz) and at < cast(:until as timestamptz)
        and action = any(cast(:actions as text[]))
        and (cast(:subject as text) is null or subject = cast(:subject as text))
        and (cast(:actor as text) is null or actor = cast(:actor as text))\
      """;

  private static final String ASK =
      """
      with old as (delete from audit_query
        where organization = :organization and created < :before)
      insert into audit_query (organization, id, client, query, created)
      values (:organization, :id, :client, cast(:query as jsonb), :now)\
      """;

  private static final String ASKED =
      """
      select cast(query as text) from audit_query
      where organization = :organization and id = :id and client = :client\
      """;

  private final Database database;

  public HistoryStore(Database database) {
    this.database = database;
  }

  /// Which entries: of these `actions`, `since` inclusive, `until` exclusive.
  public record Wanted(
      Instant since,
      Instant until,
      List<String> actions,
      @Nullable String subject,
      @Nullable String actor,
      boolean ascending) {}

  /// One thing that was done.
  public record Entry(
      long id,
      Instant at,
      String actor,
      String action,
      String subject,
      @Nullable String person,
      String correlation,
      JsonNode detail) {}

  /// A query that a client put: only it may come back for the results.
  public record Query(UUID id, String client, String text, Instant now) {}

  /// Some of the entries, the latest first unless the wish says otherwise.
  public List<Entry> read(OrganizationId organization, Wanted wanted, Slice.At slice) {
    var values = values(organization, wanted);
    values.put("ascending", wanted.ascending());
    values.put("limit", slice.count());
    values.put("offset", slice.offset());
    return database
        .jdbi()
        .withHandle(h -> h.createQuery(READ).bindMap(values).map((row, _) -> entry(row)).list());
  }

  public long count(OrganizationId organization, Wanted wanted) {
    var values = values(organization, wanted);
    return database
        .jdbi()
        .withHandle(h -> h.createQuery(COUNT).bindMap(values).mapTo(long.class).one());
  }

  /// Keeps a query for a day.
  public void ask(OrganizationId organization, Query query) {
    var values = Rows.of(organization);
    values.put("id", query.id());
    values.put("client", query.client());
    values.put("query", query.text());
    values.put("now", query.now());
    values.put("before", query.now().minus(KEPT));
    database.jdbi().useHandle(h -> h.createUpdate(ASK).bindMap(values).execute());
  }

  /// The query of this id, if this client put it.
  public Optional<String> asked(OrganizationId organization, UUID id, String client) {
    var values = Rows.of(organization);
    values.put("id", id);
    values.put("client", client);
    return database
        .jdbi()
        .withHandle(h -> h.createQuery(ASKED).bindMap(values).mapTo(String.class).findOne());
  }

  private static java.util.Map<String, @Nullable Object> values(
      OrganizationId organization, Wanted wanted) {
    var values = Rows.of(organization);
    values.put("since", wanted.since());
    values.put("until", wanted.until());
    values.put("actions", wanted.actions().toArray(String[]::new));
    values.put("subject", wanted.subject());
    values.put("actor", wanted.actor());
    return values;
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        row.getLong("id"),
        Rows.instant(row, "at"),
        row.getString("actor"),
        row.getString("action"),
        row.getString("subject"),
        row.getString("person"),
        row.getString("correlation"),
        ScimJson.read(row.getString("detail")));
  }
}
