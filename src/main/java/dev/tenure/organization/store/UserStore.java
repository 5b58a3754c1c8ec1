package dev.tenure.organization.store;

import dev.tenure.database.Database;
import dev.tenure.database.Prepared;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.store.BelongSql.Depth;
import dev.tenure.scim.schema.Schema;
import dev.tenure.signal.EventType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/// Users, with the roles, seats and sessions that depend on them.
public final class UserStore {
  static final String OWN =
      "u.id, u.version, u.created, u.modified, cast(u.document as text) as document, ";

  private static final String ONE =
      " from scim_user u where u.organization = :organization and u.id = :id";

  private static final String GET = "select " + OWN + Depth.FLAT.ofUser() + ONE;

  private static final String GET_NESTED = "select " + OWN + Depth.NESTED.ofUser() + ONE;

  private static final String NAMED =
      """
      select id from scim_user where organization = :organization and user_name_key = :key\
      """;

  private final Database database;
  private final Pools pools;
  private final Telling telling = new Telling();
  private final Nesting nesting = new Nesting();

  public UserStore(Database database) {
    this.database = database;
    this.pools = new Pools(database);
  }

  /// `base` is the address that the references in `groups` start with.
  public Optional<StoredResource> get(OrganizationId organization, UUID id, String base) {
    var values = Rows.of(organization);
    values.put("id", id);
    values.put("base", base);
    return nesting.read(
        organization,
        depth -> {
          var get = Prepared.of(depth == Depth.FLAT ? GET : GET_NESTED);
          return database.on(c -> get.first(c, values, Rows::resource));
        },
        stored -> stored.filter(StoredResource::isNested).isPresent());
  }

  /// The user of this folded userName.
  public Optional<UUID> named(OrganizationId organization, String key) {
    var values = Rows.of(organization);
    values.put("key", key);
    return database
        .jdbi()
        .withHandle(h -> h.createQuery(NAMED).bindMap(values).mapTo(UUID.class).findOne());
  }

  /// What came of a creation: a restored user has its old id, and the version after its last.
  public record Made(UUID id, long version, Instant created) {}

  /// Whether a deleted user of the same userName or externalId is to come back: `wish` is `NEW`,
  /// `RESTORE` or `REFUSE`; with `former` only the one of this id.
  public record Recreation(String wish, @Nullable UUID former) {
    private boolean isNew() {
      return wish.equals("NEW") && former == null;
    }
  }

  /// Makes the user, or restores a deleted one under its old id; absent where a deleted one stands
  /// in the way, or the former one is not there. Throws [Taken] where a unique value is another
  /// user's, [PoolFull] where there is no seat for it.
  public Optional<Made> create(Terms terms, UserRow user, Recreation recreation, Instant now) {
    var values = Rows.audited(terms.organization(), now, "user.created", user.userName());
    put(values, terms, user);
    values.put("recreation", recreation.wish());
    values.put("former", recreation.former());
    values.put("events", SignalSql.uris(SignalSql.CREATED));
    return telling.run(
        values,
        creation(user, recreation),
        sql -> run(terms, c -> Prepared.of(sql).first(c, values, UserStore::made)),
        Optional::isEmpty);
  }

  private static Telling.Statement creation(UserRow user, Recreation recreation) {
    var claims = user.claims().possible();
    var plain = recreation.isNew() && user.roles().isEmpty() && user.licences().isEmpty();
    if (plain) return claims ? UserRowSql.CREATE_CLAIMING : UserRowSql.CREATE;
    return claims ? UserSql.CREATE_CLAIMING : UserSql.CREATE;
  }

  private static Made made(ResultSet row) throws SQLException {
    return new Made(
        row.getObject("id", UUID.class), row.getLong("version"), Rows.instant(row, "created"));
  }

  /// Writes the user as the version after `version`, in one statement with the end of its sessions
  /// and the release of its seats where it is not active any more; false where `version` is not the
  /// stored one, or somebody changes what it was granted at this moment. Throws as [#create].
  public boolean update(Terms terms, UserRow user, Update update) {
    var values = Rows.audited(terms.organization(), update.now(), update.action(), user.userName());
    put(values, terms, user);
    values.put("version", update.version());
    values.put("changed", update.changed().toArray(String[]::new));
    values.put("events", SignalSql.uris(update.events()));
    return telling.run(
        values,
        change(user, update),
        sql -> run(terms, c -> Prepared.of(sql).update(c, values) == 1),
        written -> !written);
  }

  private static Telling.Statement change(UserRow user, Update update) {
    var claims = user.claims().possible();
    if (!update.isOfGrants()) return claims ? UserRowSql.UPDATE_CLAIMING : UserRowSql.UPDATE;
    return claims ? UserSql.UPDATE_CLAIMING : UserSql.UPDATE;
  }

  /// Locks a user out or lets it in, and does nothing else; absent where it is so already, there is
  /// none, its version is none of those expected, or somebody changes it at this moment. Throws
  /// [PoolFull] where there is no seat for it.
  public Optional<StoredResource> activate(Terms terms, UUID id, Activation activation) {
    var action = activation.active() ? "user.activated" : "user.deactivated";
    var values = Rows.audited(terms.organization(), activation.now(), action, "");
    values.put("id", id);
    values.put("active", activation.active());
    values.put("versions", activation.versions().toArray(Long[]::new));
    values.put("events", SignalSql.uris(activation.events()));
    values.put("dearestOnly", terms.dearestOnly());
    values.put("base", activation.base());
    var changed =
        telling.run(
            values,
            activation.active() ? ActivationSql.ACTIVATE : ActivationSql.DEACTIVATE,
            sql -> run(terms, c -> Prepared.of(sql).first(c, values, Rows::resource)),
            Optional::isEmpty);
    return changed.map(user ->
        user.isNested()
            ? get(terms.organization(), id, activation.base())
                .map(user::related)
                .orElseGet(user::without)
            : user);
  }

  /// Whether a user is to be active; `versions`: it must have one of these, none: whichever;
  /// `base`: the address that the references in `groups` start with.
  public record Activation(
      boolean active, List<Long> versions, List<EventType> events, String base, Instant now) {}

  /// The version to replace, what the audit log calls it, the attributes that changed, and what
  /// receivers are told.
  public record Update(
      long version, String action, List<String> changed, List<EventType> events, Instant now) {
    private static final Set<String> GRANTS = Set.of("active", "roles", "entitlements");

    /// Whether seats and sessions may follow from it.
    private boolean isOfGrants() {
      return changed.stream().anyMatch(GRANTS::contains);
    }
  }

  /// Which user is deleted: `version` null: whichever; `keep`: it can be restored; `events`: what
  /// receivers are told.
  public record Removal(
      UUID id, @Nullable Long version, boolean keep, List<EventType> events, Instant now) {}

  /// Deletes the user with everything that depends on it; false where it is gone already or has
  /// another version.
  public boolean delete(OrganizationId organization, Removal removal) {
    var values = Rows.audited(organization, removal.now(), "user.deleted", "");
    values.put("id", removal.id());
    values.put("version", removal.version());
    values.put("keep", removal.keep());
    values.put("events", SignalSql.uris(removal.events()));
    values.put("sessionRevoked", EventType.SESSION_REVOKED.uri());
    values.put("changeEvents", SignalSql.uris(SignalSql.PATCHED));
    values.put("enterprise", Schema.ENTERPRISE);
    return telling.run(values, UserSql.DELETE, sql -> deleted(sql, values), gone -> !gone);
  }

  private boolean deleted(String statement, Map<String, @Nullable Object> values) {
    return Raced.retried(() -> database.on(c -> Prepared.of(statement).update(c, values)) == 1);
  }

  /// A value that could not be given: `attribute` is `userName`, `externalId` or `workEmail`;
  /// `deleted`: a deleted user stands in the way.
  public record Clash(String attribute, @Nullable String value, boolean deleted) {}

  /// Who has the value.
  public record Holder(
      UUID id, @Nullable String userName, @Nullable String externalId, boolean deleted) {}

  /// Who has the value; empty where nobody has it any more.
  public Optional<Holder> holder(OrganizationId organization, UserRow user, Clash clash) {
    var values = Rows.of(organization);
    values.put("id", user.id());
    values.put("userNameKey", user.userNameKey());
    values.put("externalId", user.externalId());
    values.put("emailClaim", user.emailClaim());
    values.put("attribute", clash.attribute());
    values.put("deleted", clash.deleted());
    return database
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery(UserSql.HOLDER)
                .bindMap(values)
                .map((row, _) ->
                    new Holder(
                        row.getObject("id", UUID.class),
                        row.getString("user_name"),
                        row.getString("external_id"),
                        row.getBoolean("deleted")))
                .findOne());
  }

  private <T> T run(Terms terms, Function<Connection, T> work) {
    try {
      return pools.run(terms, work);
    } catch (UnableToExecuteStatementException e) {
      throw Taken.unless(e);
    }
  }

  private static void put(Map<String, @Nullable Object> values, Terms terms, UserRow user) {
    values.put("dearestOnly", terms.dearestOnly());
    values.put("id", user.id());
    values.put("userNameKey", user.userNameKey());
    values.put("externalId", user.externalId());
    values.put("externalIdClaim", user.externalIdClaim());
    values.put("emailClaim", user.emailClaim());
    values.put("emailKeys", user.emailKeys().toArray(String[]::new));
    values.put("active", user.active());
    values.put("displayNameKey", user.displayNameKey());
    values.put("division", user.division());
    values.put("departmentKey", user.departmentKey());
    values.put("employeeKey", user.employeeKey());
    values.put("manager", user.manager());
    values.put("roles", Rows.roles(user.roles()));
    values.put("roleDivisions", Rows.divisions(user.roles()));
    values.put("licences", user.licences().toArray(String[]::new));
    values.put("document", user.document());
    if (user.claims().possible()) UniqueStore.put(values, user.claims());
  }
}
