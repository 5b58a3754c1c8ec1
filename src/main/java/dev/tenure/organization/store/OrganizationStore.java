package dev.tenure.organization.store;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Organizations and what they are made of: divisions, roles, licence pools.
public final class OrganizationStore {
  private static final String GET =
      """
      select profile, reading, deactivation, deletion, retention_seconds, recreation, unique_values,
        declared, enabled, quirks
      from organization where organization = :organization\
      """;

  private static final String DIVISIONS =
      "select name from division where organization = :organization order by name";

  private static final String ROLES =
      "select name, sku from role where organization = :organization order by name";

  private static final String PRICES =
      """
      select sku, name, seats, price, currency, when_full, 0 as used
      from licence_pool where organization = :organization order by sku\
      """;

  private static final String POOLS =
      """
      select sku, name, seats, price, currency, when_full,
        (select count(*) from seat s
          where s.organization = :organization and s.sku = p.sku) as used
      from licence_pool p where p.organization = :organization order by sku\
      """;

  private static final String HOLDERS =
      """
      with holders as (select distinct user_id from seat where organization = :organization)
      select t.total, p.id, array(select s.sku from seat s
          where s.organization = :organization and s.user_id = p.id order by s.sku) as skus
      from (select count(*) as total from holders) t
      left join (select user_id as id from holders order by user_id limit :limit offset :offset) p
        on true order by p.id\
      """;

  private static final String ALL = "select organization from organization order by organization";

  private static final String CHANGED_SINCE =
      "select organization from organization where changed > :since order by organization";

  private static final String OWN =
      """
      update organization set declared = true
      where organization = any(cast(:names as text[])) and not declared\
      """;

  private static final String DISOWN =
      """
      update organization set declared = false
      where declared and not organization = any(cast(:names as text[]))\
      """;

  private final Database database;

  public OrganizationStore(Database database) {
    this.database = database;
  }

  /// The settings as words. `declared`: the file owns them; `enabled`: clients may come in.
  public record Settings(
      OrganizationId id,
      String profile,
      String reading,
      String deactivation,
      String deletion,
      long retentionSeconds,
      String recreation,
      List<String> unique,
      boolean declared,
      boolean enabled,
      List<String> quirks) {}

  /// A licence pool; `used` seats may be more than there are. `whenFull`: `OVERDRAW` or `REFUSE`.
  public record Pool(
      String sku,
      String name,
      int seats,
      long used,
      BigDecimal price,
      String currency,
      String whenFull) {}

  /// A role and the licence that comes with it, if any.
  public record Role(String name, @Nullable String sku) {}

  /// All that an organization is made of.
  public record Declared(
      Settings settings,
      List<String> divisions,
      List<Role> roles,
      List<Pool> pools,
      List<String> skills,
      List<String> languages) {}

  /// Writes some of it, all together; true where something differs from what was there.
  public boolean write(Change change, Instant now) {
    return database.jdbi().inTransaction(handle -> new SettingsWriter(handle, now).write(change));
  }

  /// What is to be written: settings as a whole where they are given, the rest name by name.
  public record Change(
      OrganizationId organization,
      Optional<Settings> settings,
      List<String> divisions,
      List<Role> roles,
      List<Pool> pools) {}

  /// Takes one of its parts away: `kind` is `division`, `role` or `licence`. False where there is
  /// none of this name.
  public boolean remove(OrganizationId organization, String kind, String name, Instant now) {
    return database
        .jdbi()
        .inTransaction(handle -> new SettingsWriter(handle, now).remove(organization, kind, name));
  }

  /// Says that the file owns these organizations.
  public void own(List<OrganizationId> declared) {
    update(OWN, declared);
  }

  /// Says that it owns no others.
  public void disownOthers(List<OrganizationId> declared) {
    update(DISOWN, declared);
  }

  private void update(String statement, List<OrganizationId> organizations) {
    var values = new HashMap<String, Object>();
    values.put("names", organizations.stream().map(OrganizationId::value).toArray(String[]::new));
    database.jdbi().useHandle(h -> h.createUpdate(statement).bindMap(values).execute());
  }

  /// Everything about an organization but the use of its pools; absent where there is none of this
  /// name.
  public Optional<Declared> get(OrganizationId organization) {
    var values = Rows.of(organization);
    return database
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery(GET)
                .bindMap(values)
                .map((row, _) -> settings(organization, row))
                .findOne()
                .map(settings ->
                    new Declared(
                        settings,
                        handle.createQuery(DIVISIONS).bindMap(values).mapTo(String.class).list(),
                        roles(handle, values),
                        pools(handle, PRICES, values),
                        RoutingStore.names(handle, organization, "skill"),
                        RoutingStore.names(handle, organization, "language"))));
  }

  /// The roles by name.
  public List<Role> roles(OrganizationId organization) {
    return database.jdbi().withHandle(handle -> roles(handle, Rows.of(organization)));
  }

  private static List<Role> roles(Handle handle, Map<String, @Nullable Object> values) {
    return handle
        .createQuery(ROLES)
        .bindMap(values)
        .map((row, _) -> new Role(row.getString(1), row.getString(2)))
        .list();
  }

  private static Settings settings(OrganizationId organization, ResultSet row) throws SQLException {
    return new Settings(
        organization,
        row.getString("profile"),
        row.getString("reading"),
        row.getString("deactivation"),
        row.getString("deletion"),
        row.getLong("retention_seconds"),
        row.getString("recreation"),
        Rows.texts(row, "unique_values"),
        row.getBoolean("declared"),
        row.getBoolean("enabled"),
        Rows.texts(row, "quirks"));
  }

  /// The pools with the number of their used seats, by SKU.
  public List<Pool> pools(OrganizationId organization) {
    return database.jdbi().withHandle(handle -> pools(handle, POOLS, Rows.of(organization)));
  }

  private static List<Pool> pools(
      Handle handle, String statement, Map<String, @Nullable Object> values) {
    return handle
        .createQuery(statement)
        .bindMap(values)
        .map((row, _) ->
            new Pool(
                row.getString("sku"),
                row.getString("name"),
                row.getInt("seats"),
                row.getLong("used"),
                row.getBigDecimal("price"),
                row.getString("currency"),
                row.getString("when_full")))
        .list();
  }

  /// A user who has seats, and how many users do; the id is absent where the page is empty.
  public record HolderRow(long total, @Nullable UUID user, List<String> skus) {}

  /// The users who have seats, in the order of their ids: at least one row, which has the total.
  public List<HolderRow> holders(OrganizationId organization, Slice.At slice) {
    var values = Rows.of(organization);
    values.put("limit", slice.count());
    values.put("offset", slice.offset());
    return database
        .jdbi()
        .withHandle(h ->
            h.createQuery(HOLDERS)
                .bindMap(values)
                .map((row, _) ->
                    new HolderRow(
                        row.getLong("total"),
                        row.getObject("id", UUID.class),
                        Rows.texts(row, "skus")))
                .list());
  }

  /// All organizations by name. This and the next statement are not about one of them: the table is
  /// a small reference table.
  public List<OrganizationId> all() {
    return names(ALL, new HashMap<>());
  }

  /// Those whose settings changed after this time in a way that seats may follow.
  public List<OrganizationId> changedSince(Instant since) {
    return names(CHANGED_SINCE, new HashMap<>(Map.of("since", since)));
  }

  private List<OrganizationId> names(String statement, Map<String, Object> values) {
    return database
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery(statement)
                .bindMap(values)
                .mapTo(String.class)
                .map(OrganizationId::new)
                .list());
  }
}
