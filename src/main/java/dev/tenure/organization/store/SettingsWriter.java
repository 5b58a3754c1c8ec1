package dev.tenure.organization.store;

import dev.tenure.id.OrganizationId;
import dev.tenure.organization.store.OrganizationStore.Change;
import dev.tenure.organization.store.OrganizationStore.Pool;
import dev.tenure.organization.store.OrganizationStore.Role;
import dev.tenure.organization.store.OrganizationStore.Settings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Writes what an organization is made of, within one transaction, with its audit row.
final class SettingsWriter {
  private static final String PUT =
      """
      insert into organization as o (organization, profile, reading, deactivation, deletion,
        retention_seconds, recreation, unique_values, enabled, quirks)
      values (:organization, :profile, :reading, :deactivation, :deletion, :retention,
        :recreation, cast(:unique as text[]), :enabled, cast(:quirks as text[]))
      on conflict (organization) do update set profile = excluded.profile,
        reading = excluded.reading, deactivation = excluded.deactivation,
          deletion = excluded.deletion,
        retention_seconds = excluded.retention_seconds, recreation = excluded.recreation,
        unique_values = excluded.unique_values, enabled = excluded.enabled,
        quirks = excluded.quirks
      where (o.profile, o.reading, o.deactivation, o.deletion, o.retention_seconds, o.recreation,
          o.unique_values, o.enabled, o.quirks)
        is distinct from (excluded.profile, excluded.reading, excluded.deactivation,
          excluded.deletion,
          excluded.retention_seconds, excluded.recreation, excluded.unique_values,
          excluded.enabled, excluded.quirks)\
      """;

  private static final String PUT_DIVISIONS =
      """
      insert into division (organization, name)
      select :organization, unnest(cast(:names as text[])) on conflict do nothing\
      """;

  private static final String PUT_POOL =
      """
      insert into licence_pool as p (organization, sku, name, seats, price, currency, when_full)
      values (:organization, :sku, :name, :seats, :price, :currency, :whenFull)
      on conflict (organization, sku) do update set name = excluded.name, seats = excluded.seats,
        price = excluded.price, currency = excluded.currency, when_full = excluded.when_full
      where (p.name, p.seats, p.price, p.currency, p.when_full) is distinct from
        (excluded.name, excluded.seats, excluded.price, excluded.currency, excluded.when_full)\
      """;

  private static final String PUT_ROLE =
      """
      insert into role as r (organization, name, sku) values (:organization, :name, :sku)
      on conflict (organization, name) do update set sku = excluded.sku
      where r.sku is distinct from excluded.sku\
      """;

  private static final String DROP_DIVISION =
      "delete from division where organization = :organization and name = :name";

  private static final String DROP_ROLE =
      "delete from role where organization = :organization and name = :name";

  private static final String DROP_POOL =
      "delete from licence_pool where organization = :organization and sku = :name";

  private static final String CHANGED =
      """
      with done as (update organization set changed = now() where organization = :organization
        returning organization as id)
      """
          + Rows.AUDIT
          + "jsonb_build_object('parts', cast(:parts as text[])) from done";

  /// The first who has a value gets the claim to it; those whose value is another's keep it without
  /// one, until it is theirs or changes.
  private static final String CLAIM =
      """
      with valued as (select u.id, u.external_id, u.external_id_claim, u.email_claim,
          (select lower(e.v ->> 'value')
            from jsonb_array_elements(case when jsonb_typeof(u.document -> 'emails') = 'array'
              then u.document -> 'emails' else '[]' end) with ordinality as e(v, place)
            where lower(e.v ->> 'type') = 'work' and e.v ->> 'value' <> ''
            order by e.place limit 1) as email
        from scim_user u where u.organization = :organization),
      ranked as (select id, external_id, email,
          row_number() over (partition by external_id order by external_id_claim is null, id)
            as of_external_id,
          row_number() over (partition by email order by email_claim is null, id) as of_email
        from valued),
      due as (select id,
          case when of_external_id = 1 and 'EXTERNAL_ID' = any(cast(:unique as text[]))
            then external_id end as external_id,
          case when of_email = 1 and 'WORK_EMAIL' = any(cast(:unique as text[]))
            then email end as email
        from ranked)
      update scim_user u set external_id_claim = due.external_id, email_claim = due.email,
        grant_round = u.grant_round + 1
      from due where u.organization = :organization and u.id = due.id
        and (u.external_id_claim, u.email_claim) is distinct from (due.external_id, due.email)\
      """;

  private final Handle handle;
  private final Instant now;

  SettingsWriter(Handle handle, Instant now) {
    this.handle = handle;
    this.now = now;
  }

  boolean write(Change change) {
    var organization = change.organization();
    var written = new ArrayList<String>();
    if (change.settings().filter(this::put).isPresent()) written.add("settings");
    var names = Rows.of(organization);
    names.put("names", change.divisions().toArray(String[]::new));
    if (execute(PUT_DIVISIONS, names)) written.add("divisions");
    roles(organization, change.roles()).forEach(name -> written.add("role " + name));
    pools(organization, change.pools()).forEach(sku -> written.add("licence " + sku));
    return note(organization, written);
  }

  boolean remove(OrganizationId organization, String kind, String name) {
    var values = Rows.of(organization);
    values.put("name", name);
    var statement =
        switch (kind) {
          case "division" -> DROP_DIVISION;
          case "role" -> DROP_ROLE;
          default -> DROP_POOL;
        };
    return execute(statement, values) && note(organization, List.of("no " + kind + " " + name));
  }

  private boolean note(OrganizationId organization, List<String> written) {
    if (written.isEmpty()) return false;
    var values = Rows.audited(organization, now, "organization.changed", "");
    values.put("parts", written.toArray(String[]::new));
    return execute(CHANGED, values);
  }

  private boolean put(Settings settings) {
    var values = Rows.of(settings.id());
    values.put("profile", settings.profile());
    values.put("reading", settings.reading());
    values.put("deactivation", settings.deactivation());
    values.put("deletion", settings.deletion());
    values.put("retention", settings.retentionSeconds());
    values.put("recreation", settings.recreation());
    values.put("unique", settings.unique().stream().sorted().toArray(String[]::new));
    values.put("enabled", settings.enabled());
    values.put("quirks", settings.quirks().toArray(String[]::new));
    if (!execute(PUT, values)) return false;
    execute(CLAIM, values);
    return true;
  }

  private Stream<String> roles(OrganizationId organization, List<Role> roles) {
    return roles.stream()
        .filter(role -> {
          var values = Rows.of(organization);
          values.put("name", role.name());
          values.put("sku", role.sku());
          return execute(PUT_ROLE, values);
        })
        .map(Role::name);
  }

  private Stream<String> pools(OrganizationId organization, List<Pool> pools) {
    return pools.stream()
        .filter(pool -> {
          var values = Rows.of(organization);
          values.put("sku", pool.sku());
          values.put("name", pool.name());
          values.put("seats", pool.seats());
          values.put("price", pool.price());
          values.put("currency", pool.currency());
          values.put("whenFull", pool.whenFull());
          return execute(PUT_POOL, values);
        })
        .map(Pool::sku);
  }

  private boolean execute(String statement, Map<String, @Nullable Object> values) {
    return handle.createUpdate(statement).bindMap(values).execute() > 0;
  }
}
