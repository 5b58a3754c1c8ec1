package dev.tenure.licence.store;

import dev.tenure.database.Database;
import dev.tenure.deliver.ObservedJson;
import dev.tenure.id.FlowId;
import dev.tenure.id.OrganizationId;
import dev.tenure.target.Account;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.statement.SqlStatement;

/// Seats with who has them.
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

  /// Locked accounts that have what may bring a seat.
  private static final String LOCKED_ELSEWHERE =
      """
      select account, version, resource from flow_account
      where flow = :flow and not active and grants is not null and account > :after
      order by account limit :count\
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
    return accounts(UNLINKED, flow, after, countMax);
  }

  /// Locked accounts of a flow's target that have roles or licences by name; in the same order.
  public List<Account> locked(FlowId flow, String after, int countMax) {
    return accounts(LOCKED_ELSEWHERE, flow, after, countMax);
  }

  private List<Account> accounts(String sql, FlowId flow, String after, int countMax) {
    return database
        .jdbi()
        .withHandle(h ->
            h.createQuery(sql)
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

  private static <S extends SqlStatement<S>> S of(S statement, OrganizationId organization) {
    return statement.bind("organization", organization.value());
  }
}
