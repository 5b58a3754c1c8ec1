package dev.tenure.cli.bench.store;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import org.jdbi.v3.core.HandleCallback;

/// One prepared statement for a request, and nothing else: what the stack can do at the most. Rows
/// are written into a table with the columns and indexes of users.
public final class Bare {
  private static final String TABLE =
      """
      create table if not exists bare (like scim_user including all)\
      """;

  private static final String FILL =
      """
      insert into bare select * from scim_user where organization = :organization\
      """;

  private static final String SELECT =
      "select document from scim_user where organization = ? and id = ?";

  private static final String INSERT =
      """
      insert into bare (organization, id, user_name_key, external_id, email_keys, active,
        display_name_key, department_key, employee_key, created, modified, document)
      values (?, ?, ?, ?, array[?], true, ?, 'department 7', ?, now(), now(), cast(? as jsonb))\
      """;

  private static final String UPDATE =
      """
      update bare set active = not active, version = version + 1, modified = now(),
        document = cast(? as jsonb)
      where organization = ? and id = ?\
      """;

  private final Database database;
  private final OrganizationId organization;

  public Bare(Database database, OrganizationId organization) {
    this.database = database;
    this.organization = organization;
    database.jdbi().useHandle(handle -> handle.execute(TABLE));
  }

  /// Makes a row for each user, with its id.
  public void fill() {
    database
        .jdbi()
        .useHandle(handle ->
            handle.createUpdate(FILL).bind("organization", organization.value()).execute());
  }

  /// The document of a user.
  public String select(UUID id) {
    return work(connection -> {
      try (var statement = connection.prepareStatement(SELECT)) {
        statement.setString(1, organization.value());
        statement.setObject(2, id);
        try (var rows = statement.executeQuery()) {
          if (!rows.next()) throw new IllegalArgumentException("no user " + id);
          return rows.getString(1);
        }
      }
    });
  }

  /// Makes a row whose keys are the id.
  public void insert(UUID id, String document) {
    execute(
        INSERT,
        statement -> {
          var name = id.toString();
          statement.setString(1, organization.value());
          statement.setObject(2, id);
          for (int key = 3; key <= 7; key++) statement.setString(key, name);
          statement.setString(8, document);
        });
  }

  public void update(UUID id, String document) {
    execute(
        UPDATE,
        statement -> {
          statement.setString(1, document);
          statement.setString(2, organization.value());
          statement.setObject(3, id);
        });
  }

  private interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  private interface Binding {
    void bind(PreparedStatement statement) throws SQLException;
  }

  private void execute(String sql, Binding binding) {
    int rows =
        work(connection -> {
          try (var statement = connection.prepareStatement(sql)) {
            binding.bind(statement);
            return statement.executeUpdate();
          }
        });
    if (rows != 1) throw new IllegalStateException(rows + " rows by " + sql);
  }

  private <T> T work(Work<T> work) {
    HandleCallback<T, RuntimeException> callback =
        handle -> {
          try {
            return work.with(handle.getConnection());
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        };
    return database.jdbi().withHandle(callback);
  }
}
