package dev.tenure.organization.store;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;

/// Who listens to the signals of organizations.
public final class ListenerStore {
  private static final String ANY =
      """
      select exists (select from signal_stream where organization = :organization)\
      """;

  private final Database database;

  public ListenerStore(Database database) {
    this.database = database;
  }

  /// Whether somebody has made a stream of this organization's signals.
  public boolean any(OrganizationId organization) {
    return database
        .jdbi()
        .withHandle(handle ->
            handle.createQuery(ANY).bindMap(Rows.of(organization)).mapTo(boolean.class).one());
  }
}
