package dev.tenure.cli.bench.store;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import java.util.Map;
import java.util.UUID;

/// Users and groups in great numbers, such as requests would make them.
public final class Population {
  private static final String USERS =
      """
      with made as (select n, lpad(to_hex(n), 12, '0') as tail,
          'user' || lpad(cast(n as text), 7, '0') as name
        from generate_series(cast(:from as integer), :to) n)
      insert into scim_user (organization, id, user_name_key, external_id, email_keys, active,
        display_name_key, division, department_key, employee_key, created, modified, document)
      select :organization, cast('01900000-0000-7000-8000-' || tail as uuid),
        name || '@example.com', 'E' || n, array[name || '@example.com'], true, 'name ' || name,
        'Sales', 'department ' || n % 50, cast(n as text), now(), now(),
        jsonb_build_object(
          'schemas', jsonb_build_array('urn:ietf:params:scim:schemas:core:2.0:User',
            'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'),
          'userName', name || '@example.com', 'externalId', 'E' || n, 'active', true,
          'displayName', 'Name ' || name, 'title', 'Agent ' || n % 20,
          'name', jsonb_build_object('givenName', 'Name', 'familyName', name),
          'emails', jsonb_build_array(jsonb_build_object('value', name || '@example.com',
            'type', 'work', 'primary', true)),
          'phoneNumbers', jsonb_build_array(jsonb_build_object('value', '+49 30 ' || n,
            'type', 'work')),
          'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
          jsonb_build_object('employeeNumber', cast(n as text), 'division', 'Sales',
            'department', 'Department ' || n % 50))
          || case :origin when '' then '{}' else jsonb_build_object(
            'urn:ietf:params:scim:schemas:extension:genesys:2.0:User',
            jsonb_build_object('sourceOrg', cast(:origin as text))) end
      from made\
      """;

  private static final String GROUP =
      """
      insert into scim_group (organization, id, display_name_key, created, modified, document)
      values (:organization, :id, :key, now(), now(), jsonb_build_object(
        'schemas', jsonb_build_array('urn:ietf:params:scim:schemas:core:2.0:Group'),
        'displayName', cast(:key as text)))\
      """;

  private static final String MEMBERS =
      """
      insert into group_member (organization, group_id, user_id)
      select :organization, :id, u.id from scim_user u where u.organization = :organization
      order by u.id limit :size\
      """;

  private static final String SETTLE = "vacuum analyze";

  private final Database database;
  private final OrganizationId organization;
  private final String origin;

  public Population(Database database, OrganizationId organization) {
    this(database, organization, "");
  }

  /// Of users who are those of `origin`, a source of truth.
  public Population(Database database, OrganizationId organization, String origin) {
    this.database = database;
    this.organization = organization;
    this.origin = origin;
  }

  /// The id of the user of this number.
  public static UUID id(int number) {
    return new UUID(0x0190000000007000L, 0x8000000000000000L | number);
  }

  /// Makes the users of these numbers, both included.
  public void users(int from, int to) {
    var values =
        Map.<String, Object>of(
            "organization", organization.value(), "origin", origin, "from", from, "to", to);
    database.jdbi().useHandle(h -> h.createUpdate(USERS).bindMap(values).execute());
  }

  /// Makes a group of the first `size` users.
  public void group(UUID id, int size) {
    var values =
        Map.<String, Object>of(
            "organization", organization.value(), "id", id, "key", "group " + size, "size", size);
    database
        .jdbi()
        .useHandle(handle -> {
          handle.createUpdate(GROUP).bindMap(values).execute();
          handle.createUpdate(MEMBERS).bindMap(values).execute();
        });
  }

  /// What PostgreSQL would do by itself in a while.
  public void settle() {
    database.jdbi().useHandle(handle -> handle.execute(SETTLE));
  }
}
