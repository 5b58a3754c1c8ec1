package dev.tenure.licence.store;

import dev.tenure.database.Database;
import dev.tenure.deliver.ObservedJson;
import dev.tenure.id.FlowId;
import dev.tenure.id.OrganizationId;
import dev.tenure.licence.Day;
import dev.tenure.target.Account;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.statement.SqlStatement;
import tools.jackson.databind.node.JsonNodeFactory;

/// Seats with who has them, and the pools day by day.
public final class LicenceStore {
  private static final String SEATED =
      """
      select u.id, u.document ->> 'userName' as user_name, u.active,
        array(select s.sku from seat s where s.organization = :organization
          and s.user_id = u.id order by s.sku) as skus,
        (select max(e.started_at) from session e where e.organization = :organization
          and e.user_id = u.id) as last_sign_in
      from scim_user u
      where u.organization = :organization
        and exists (select from seat s where s.organization = :organization and s.user_id = u.id)\
      """;

  private static final String LOCKED =
      SEATED + " and not u.active order by u.user_name_key limit :count";

  private static final String THESE = SEATED + " and u.id = any(:ids) order by u.user_name_key";

  private static final String IDLE =
      SEATED
          + """
           and u.active and u.created < :before
            and not exists (select from session e where e.organization = :organization
              and e.user_id = u.id and e.started_at >= :before)
          order by u.user_name_key limit :count\
          """;

  private static final String TELLS =
      """
      select exists (select from session where organization = :organization)\
      """;

  /// Accounts that no person of the flow has.
  private static final String UNLINKED =
      """
      select a.account, a.version, a.resource from flow_account a
      where a.flow = :flow and a.active and a.account > :after and not exists (
        select from link l where l.flow = :flow and l.account = a.account)
      order by a.account limit :count\
      """;

  private static final String KEEP =
      """
      insert into licence_day (organization, sku, day, seats, used, reserved, reclaimable)
      select :organization, n.sku, n.day, n.seats, n.used, n.reserved, n.reclaimable
      from jsonb_to_recordset(cast(:rows as jsonb)) as n(sku text, day date, seats bigint,
        used bigint, reserved bigint, reclaimable bigint)
      on conflict (organization, sku, day) do update set seats = excluded.seats,
        used = excluded.used, reserved = excluded.reserved, reclaimable = excluded.reclaimable\
      """;

  private static final String FORGET =
      """
      delete from licence_day where organization = :organization and day < :before\
      """;

  private static final String DAYS =
      """
      select sku, day, seats, used, reserved, reclaimable from licence_day
      where organization = :organization and day >= :since order by sku, day\
      """;

  private final Database database;

  public LicenceStore(Database database) {
    this.database = database;
  }

  /// A user who has seats; `lastSignIn`: when the last session that is kept began.
  public record Holder(
      UUID id, String userName, boolean active, Set<String> skus, Optional<Instant> lastSignIn) {}

  /// Locked users who have seats all the same; at most so many.
  public List<Holder> locked(OrganizationId organization, int countMax) {
    return database
        .jdbi()
        .withHandle(h ->
            of(h.createQuery(LOCKED), organization)
                .bind("count", countMax)
                .map((row, _) -> holder(row))
                .list());
  }

  /// Those of these users who have seats.
  public List<Holder> these(OrganizationId organization, Collection<UUID> users) {
    if (users.isEmpty()) return List.of();
    return database
        .jdbi()
        .withHandle(h ->
            of(h.createQuery(THESE), organization)
                .bind("ids", users.toArray(UUID[]::new))
                .map((row, _) -> holder(row))
                .list());
  }

  /// Users with seats who were there before this time, and have not signed in since; at most so
  /// many. None where the organization knows no session of anybody.
  public List<Holder> idle(OrganizationId organization, Instant before, int countMax) {
    return database
        .jdbi()
        .withHandle(h -> {
          boolean tells = of(h.createQuery(TELLS), organization).mapTo(Boolean.class).one();
          if (!tells) return List.of();
          return of(h.createQuery(IDLE), organization)
              .bind("before", before)
              .bind("count", countMax)
              .map((row, _) -> holder(row))
              .list();
        });
  }

  private static Holder holder(ResultSet row) throws SQLException {
    return new Holder(
        row.getObject("id", UUID.class),
        row.getString("user_name"),
        row.getBoolean("active"),
        Set.of((String[]) row.getArray("skus").getArray()),
        Optional.ofNullable(row.getTimestamp("last_sign_in")).map(Timestamp::toInstant));
  }

  /// Active accounts of a flow's target that no person of the flow has, those with an id after this
  /// one in the order of their ids; at most so many.
  public List<Account> unlinked(FlowId flow, String after, int countMax) {
    return database
        .jdbi()
        .withHandle(h ->
            h.createQuery(UNLINKED)
                .bind("flow", flow.value())
                .bind("after", after)
                .bind("count", countMax)
                .map((row, _) ->
                    ObservedJson.account(
                        row.getString("account"),
                        row.getString("version"),
                        row.getString("resource")))
                .list());
  }

  /// Keeps these days, and forgets those before.
  public void keep(OrganizationId organization, List<Day> days, LocalDate before) {
    var rows = JsonNodeFactory.instance.arrayNode();
    for (var day : days) {
      var row = rows.addObject().put("sku", day.sku()).put("day", day.day().toString());
      row.put("seats", day.seats()).put("used", day.used());
      row.put("reserved", day.reserved()).put("reclaimable", day.reclaimable());
    }
    database
        .jdbi()
        .useTransaction(h -> {
          of(h.createUpdate(KEEP), organization).bind("rows", rows.toString()).execute();
          of(h.createUpdate(FORGET), organization).bind("before", before).execute();
        });
  }

  /// The days since then, by pool, the first first.
  public List<Day> days(OrganizationId organization, LocalDate since) {
    return database
        .jdbi()
        .withHandle(h ->
            of(h.createQuery(DAYS), organization)
                .bind("since", since)
                .map((row, _) ->
                    new Day(
                        row.getString("sku"),
                        row.getObject("day", LocalDate.class),
                        row.getLong("seats"),
                        row.getLong("used"),
                        row.getLong("reserved"),
                        row.getLong("reclaimable")))
                .list());
  }

  private static <S extends SqlStatement<S>> S of(S statement, OrganizationId organization) {
    return statement.bind("organization", organization.value());
  }
}
