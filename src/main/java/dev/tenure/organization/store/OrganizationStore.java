package dev.tenure.organization.store;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Organizations and what they are made of: divisions, roles, licence pools.
public final class OrganizationStore {
  private static final String PUT =
      """
      insert into organization (organization, profile, reading, deactivation)
      values (:organization, :profile, :reading, :deactivation)
      on conflict (organization) do update
        set profile = excluded.profile, reading = excluded.reading,
          deactivation = excluded.deactivation\
      """;

  private static final String PUT_DIVISIONS =
      """
      insert into division (organization, name)
      select :organization, unnest(cast(:names as text[])) on conflict do nothing\
      """;

  private static final String PUT_POOL =
      """
      insert into licence_pool (organization, sku, name, seats, price, currency)
      values (:organization, :sku, :name, :seats, :price, :currency)
      on conflict (organization, sku) do update set name = excluded.name, seats = excluded.seats,
        price = excluded.price, currency = excluded.currency\
      """;

  private static final String PUT_ROLE =
      """
      insert into role (organization, name, sku) values (:organization, :name, :sku)
      on conflict (organization, name) do update set sku = excluded.sku\
      """;

  private static final String GET =
      "select profile, reading, deactivation from organization where organization = :organization";

  private static final String DIVISIONS =
      "select name from division where organization = :organization order by name";

  private static final String ROLES =
      "select name, sku from role where organization = :organization order by name";

  private static final String POOLS =
      """
      select sku, name, seats, price, currency,
        (select count(*) from seat s
          where s.organization = :organization and s.sku = p.sku) as used
      from licence_pool p where p.organization = :organization order by sku\
      """;

  private static final String ALL = "select organization from organization order by organization";

  private final Database database;

  public OrganizationStore(Database database) {
    this.database = database;
  }

  /// The settings as words.
  public record Settings(OrganizationId id, String profile, String reading, String deactivation) {}

  /// A licence pool; `used` seats may be more than there are.
  public record Pool(
      String sku, String name, int seats, long used, BigDecimal price, String currency) {}

  /// A role and the licence that comes with it, if any.
  public record Role(String name, @Nullable String sku) {}

  /// All that is declared of an organization.
  public record Declared(
      Settings settings, List<String> divisions, List<Role> roles, List<Pool> pools) {}

  /// Adds and changes; takes nothing away.
  public void put(Declared declared) {
    database.jdbi().useTransaction(handle -> put(handle, declared));
  }

  private static void put(Handle handle, Declared declared) {
    var organization = declared.settings().id();
    var values = Rows.of(organization);
    values.put("profile", declared.settings().profile());
    values.put("reading", declared.settings().reading());
    values.put("deactivation", declared.settings().deactivation());
    values.put("names", declared.divisions().toArray(String[]::new));
    handle.createUpdate(PUT).bindMap(values).execute();
    handle.createUpdate(PUT_DIVISIONS).bindMap(values).execute();
    for (var role : declared.roles()) {
      var row = Rows.of(organization);
      row.put("name", role.name());
      row.put("sku", role.sku());
      handle.createUpdate(PUT_ROLE).bindMap(row).execute();
    }
    for (var pool : declared.pools()) {
      var row = Rows.of(organization);
      row.put("sku", pool.sku());
      row.put("name", pool.name());
      row.put("seats", pool.seats());
      row.put("price", pool.price());
      row.put("currency", pool.currency());
      handle.createUpdate(PUT_POOL).bindMap(row).execute();
    }
  }

  /// Everything about an organization; absent where there is none of this name.
  public Optional<Declared> get(OrganizationId organization) {
    var values = Rows.of(organization);
    return database
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery(GET)
                .bindMap(values)
                .map((row, _) ->
                    new Settings(
                        organization, row.getString(1), row.getString(2), row.getString(3)))
                .findOne()
                .map(settings ->
                    new Declared(
                        settings,
                        handle.createQuery(DIVISIONS).bindMap(values).mapTo(String.class).list(),
                        handle
                            .createQuery(ROLES)
                            .bindMap(values)
                            .map((row, _) -> new Role(row.getString(1), row.getString(2)))
                            .list(),
                        pools(handle, values))));
  }

  /// The pools with the number of their used seats, by SKU.
  public List<Pool> pools(OrganizationId organization) {
    return database.jdbi().withHandle(handle -> pools(handle, Rows.of(organization)));
  }

  private static List<Pool> pools(Handle handle, Map<String, @Nullable Object> values) {
    return handle
        .createQuery(POOLS)
        .bindMap(values)
        .map((row, _) ->
            new Pool(
                row.getString("sku"),
                row.getString("name"),
                row.getInt("seats"),
                row.getLong("used"),
                row.getBigDecimal("price"),
                row.getString("currency")))
        .list();
  }

  /// All organizations by name. The one statement that is not about one of them: the table is a
  /// small reference table.
  public List<OrganizationId> all() {
    return database
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery(ALL)
                .bindMap(new HashMap<>())
                .mapTo(String.class)
                .map(OrganizationId::new)
                .list());
  }
}
