package dev.tenure.organization.store;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import java.util.Optional;

/// What organizations declare of schemas and resource types, as JSON text.
public final class RegistryStore {
  private static final String PUT =
      """
      insert into scim_registry (organization, document)
      values (:organization, cast(:document as jsonb))
      on conflict (organization) do update set document = excluded.document\
      """;

  private static final String DROP = "delete from scim_registry where organization = :organization";

  private static final String GET =
      """
      select cast(document as text) from scim_registry where organization = :organization\
      """;

  private final Database database;

  public RegistryStore(Database database) {
    this.database = database;
  }

  public void put(OrganizationId organization, String document) {
    var values = Rows.of(organization);
    values.put("document", document);
    database.jdbi().useHandle(handle -> handle.createUpdate(PUT).bindMap(values).execute());
  }

  /// Leaves the standard ones only.
  public void drop(OrganizationId organization) {
    var values = Rows.of(organization);
    database.jdbi().useHandle(handle -> handle.createUpdate(DROP).bindMap(values).execute());
  }

  public Optional<String> get(OrganizationId organization) {
    var values = Rows.of(organization);
    return database
        .jdbi()
        .withHandle(
            handle -> handle.createQuery(GET).bindMap(values).mapTo(String.class).findOne());
  }
}
