package dev.tenure.store;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.SqlStatement;

/// What pages show of an organization, page by page in the order of a name.
public final class TenantStore {
  private static final String USERS =
      """
      select u.id, u.user_name_key, u.document ->> 'userName' as user_name,
        u.document ->> 'displayName' as display_name, u.active, u.external_id, u.division,
        array(select r.role from user_role r where r.organization = :organization
          and r.user_id = u.id order by r.role) as roles,
        array(select s.sku from seat s where s.organization = :organization
          and s.user_id = u.id order by s.sku) as skus
      from scim_user u
      where u.organization = :organization and u.user_name_key > :after
        and (cast(:text as text) is null or starts_with(u.user_name_key, :text)
          or starts_with(u.display_name_key, :text) or u.external_id = :text)
        and (cast(:active as boolean) is null or u.active = :active)
      order by u.user_name_key limit :count\
      """;

  private static final String USER =
      """
      select cast(u.document as text) as document, u.active, u.version, u.created, u.modified,
        array(select r.role from user_role r where r.organization = :organization
          and r.user_id = u.id order by r.role) as roles,
        array(select s.sku from seat s where s.organization = :organization
          and s.user_id = u.id order by s.sku) as skus,
        array(select g.document ->> 'displayName' from group_member m
          join scim_group g on g.organization = :organization and g.id = m.group_id
          where m.organization = :organization and m.user_id = u.id order by 1) as groups
      from scim_user u where u.organization = :organization and u.id = :id\
      """;

  private static final String GROUPS =
      """
      select g.id, g.display_name_key, g.document ->> 'displayName' as name, g.external_id,
        (select count(*) from (select from group_member m where m.organization = :organization
          and m.group_id = g.id limit 1001) as m) as members
      from scim_group g
      where g.organization = :organization
        and (g.display_name_key, g.id) > (:after, cast(:id as uuid))
        and (cast(:text as text) is null or starts_with(g.display_name_key, :text))
      order by g.display_name_key, g.id limit :count\
      """;

  private static final String SESSIONS =
      """
      select s.id, s.user_id, u.document ->> 'userName' as user_name, s.application,
        s.started_at, s.expires_at
      from session s join scim_user u on u.organization = :organization and u.id = s.user_id
        and u.active and u.session_round = s.round
      where s.organization = :organization and s.ended_at is null and s.expires_at > now()
        and s.id < cast(:before as uuid)
      order by s.id desc limit :count\
      """;

  private static final String STREAMS =
      """
      select s.id, s.client, s.audience, s.method, s.status, s.reason, s.failures,
        (select count(*) from (select from signal_event e where e.organization = :organization
          and e.stream = s.id limit 1001) as m) as waiting
      from signal_stream s where s.organization = :organization
      order by s.client, s.id limit 200\
      """;

  private static final String SIZES =
      """
      select (select count(*) from scim_user u where u.organization = :organization) as users,
        (select count(*) from scim_user u where u.organization = :organization
          and not u.active) as inactive,
        (select count(*) from scim_group g where g.organization = :organization) as groups\
      """;

  private static final String LIMITS =
      """
      select client, per_minute, burst from rate_limit where organization = :organization
      order by client\
      """;

  private static final String LIMITED =
      """
      select date_trunc('hour', at) as hour,
        sum(coalesce(cast(detail ->> 'count' as bigint), 1)) as size
      from audit_trail
      where log = 'organization/' || :organization and action = 'request.limited'
        and at >= cast(:since as timestamptz)
      group by hour order by hour\
      """;

  private final Database database;

  public TenantStore(Database database) {
    this.database = database;
  }

  /// A page of what is found by this text.
  public record Wanted(Optional<String> text, Optional<Boolean> active, String after, int count) {}

  /// A user in a list; `key` is where the next page begins.
  public record UserRow(
      UUID id,
      String key,
      String userName,
      Optional<String> displayName,
      boolean active,
      Optional<String> externalId,
      Optional<String> division,
      List<String> roles,
      List<String> skus) {}

  public List<UserRow> users(OrganizationId organization, Wanted wanted) {
    return database
        .jdbi()
        .withHandle(h ->
            page(h.createQuery(USERS), organization, wanted)
                .bind("active", wanted.active().orElse(null))
                .map((row, _) -> user(row))
                .list());
  }

  private static UserRow user(ResultSet row) throws SQLException {
    return new UserRow(
        row.getObject("id", UUID.class),
        row.getString("user_name_key"),
        row.getString("user_name"),
        Optional.ofNullable(row.getString("display_name")),
        row.getBoolean("active"),
        Optional.ofNullable(row.getString("external_id")),
        Optional.ofNullable(row.getString("division")),
        texts(row, "roles"),
        texts(row, "skus"));
  }

  /// A user whole; `document` is SCIM's JSON.
  public record WholeUser(
      UUID id,
      String document,
      boolean active,
      long version,
      Instant created,
      Instant modified,
      List<String> roles,
      List<String> skus,
      List<String> groups) {}

  public Optional<WholeUser> user(OrganizationId organization, UUID id) {
    return database
        .jdbi()
        .withHandle(h ->
            of(h.createQuery(USER), organization)
                .bind("id", id)
                .map((row, _) ->
                    new WholeUser(
                        id,
                        row.getString("document"),
                        row.getBoolean("active"),
                        row.getLong("version"),
                        row.getTimestamp("created").toInstant(),
                        row.getTimestamp("modified").toInstant(),
                        texts(row, "roles"),
                        texts(row, "skus"),
                        texts(row, "groups")))
                .findOne());
  }

  /// A group in a list; of more than 1,000 members nobody counts the rest.
  public record GroupRow(
      UUID id, String key, String name, Optional<String> externalId, long members) {}

  public List<GroupRow> groups(OrganizationId organization, Wanted wanted, UUID afterId) {
    return database
        .jdbi()
        .withHandle(h ->
            page(h.createQuery(GROUPS), organization, wanted)
                .bind("id", afterId)
                .map((row, _) ->
                    new GroupRow(
                        row.getObject("id", UUID.class),
                        row.getString("display_name_key"),
                        row.getString("name"),
                        Optional.ofNullable(row.getString("external_id")),
                        row.getLong("members")))
                .list());
  }

  /// A live session.
  public record SessionRow(
      UUID id, UUID user, String userName, String application, Instant begun, Instant ends) {}

  /// Those that began before this one, the newest first.
  public List<SessionRow> sessions(OrganizationId organization, UUID before, int count) {
    return database
        .jdbi()
        .withHandle(h ->
            of(h.createQuery(SESSIONS), organization)
                .bind("before", before)
                .bind("count", count)
                .map((row, _) ->
                    new SessionRow(
                        row.getObject("id", UUID.class),
                        row.getObject("user_id", UUID.class),
                        row.getString("user_name"),
                        row.getString("application"),
                        row.getTimestamp("started_at").toInstant(),
                        row.getTimestamp("expires_at").toInstant()))
                .list());
  }

  /// A stream of signals; of more than 1,000 waiting events nobody counts the rest.
  public record StreamRow(
      UUID id,
      String client,
      String audience,
      String method,
      String status,
      Optional<String> reason,
      int failures,
      long waiting) {}

  public List<StreamRow> streams(OrganizationId organization) {
    return database
        .jdbi()
        .withHandle(h ->
            of(h.createQuery(STREAMS), organization)
                .map((row, _) ->
                    new StreamRow(
                        row.getObject("id", UUID.class),
                        row.getString("client"),
                        row.getString("audience"),
                        row.getString("method"),
                        row.getString("status"),
                        Optional.ofNullable(row.getString("reason")),
                        row.getInt("failures"),
                        row.getLong("waiting")))
                .list());
  }

  /// How much there is.
  public record Sizes(long users, long inactive, long groups) {}

  public Sizes sizes(OrganizationId organization) {
    return database
        .jdbi()
        .withHandle(h ->
            of(h.createQuery(SIZES), organization)
                .map((row, _) ->
                    new Sizes(row.getLong("users"), row.getLong("inactive"), row.getLong("groups")))
                .one());
  }

  /// A rate limit that is configured; `client` empty: that of all clients. 0 per minute: none.
  public record Rate(String client, int perMinute, int burst) {
    private String words() {
      return perMinute == 0 ? "none" : perMinute + " a minute, " + burst + " at once";
    }
  }

  public List<Rate> rates(OrganizationId organization) {
    return database
        .jdbi()
        .withHandle(h ->
            of(h.createQuery(LIMITS), organization)
                .map((row, _) ->
                    new Rate(
                        row.getString("client"), row.getInt("per_minute"), row.getInt("burst")))
                .list());
  }

  /// The rate limits in words, by client; empty for that of all clients.
  public Map<String, String> limits(OrganizationId organization) {
    return rates(organization).stream().collect(Collectors.toMap(Rate::client, Rate::words));
  }

  /// So many requests were refused with 429 in the hour that begins then.
  public record Hour(Instant hour, long size) {}

  public List<Hour> limited(OrganizationId organization, Instant since) {
    return database
        .jdbi()
        .withHandle(h ->
            of(h.createQuery(LIMITED), organization)
                .bind("since", since)
                .map(
                    (row, _) -> new Hour(row.getTimestamp("hour").toInstant(), row.getLong("size")))
                .list());
  }

  private static <S extends SqlStatement<S>> S page(
      S statement, OrganizationId organization, Wanted wanted) {
    return of(statement, organization)
        .bind("text", wanted.text().map(t -> t.toLowerCase(java.util.Locale.ROOT)).orElse(null))
        .bind("after", wanted.after())
        .bind("count", wanted.count());
  }

  private static <S extends SqlStatement<S>> S of(S statement, OrganizationId organization) {
    return statement.bind("organization", organization.value());
  }

  private static List<String> texts(ResultSet row, String column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }
}
