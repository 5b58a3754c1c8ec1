package dev.tenure.access.store;

import dev.tenure.access.Access;
import dev.tenure.database.Database;
import dev.tenure.id.Correlation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import tools.jackson.databind.json.JsonMapper;

/// Users of the console. Each change writes its audit row by the same statement.
public final class UserStore {
  private static final String ALL =
      """
      select u.name, u.role, u.password, u.made_at, u.temporary,
        (select max(s.seen_at) from console_session s where s.name = u.name) as seen_at
      from console_user u where cast(:name as text) is null or u.name = :name
      order by u.name\
      """;

  private static final String COUNT =
      "select count(*) from console_user where role = 'ADMINISTRATOR'";

  private static final String ADD =
      """
      with added as (
        insert into console_user (name, role, password, made_at, password_at, temporary)
        values (:name, :role, :password, cast(:now as timestamptz), cast(:now as timestamptz),
          :temporary)
        on conflict do nothing returning name, role)
      insert into audit_entry (log, actor, action, subject, person, correlation, detail)
      select cast(:log as text), :actor, 'console.user.added', name, name, :correlation,
        jsonb_build_object('role', role)
      from added\
      """;

  private static final String PASSWORD =
      """
      with changed as (
        update console_user set password = :password, password_at = cast(:now as timestamptz),
          temporary = :temporary
        where name = :name returning name),
      ended as (delete from console_session s using changed c
        where s.name = c.name and s.hash is distinct from cast(:kept as bytea) returning s.name)
      insert into audit_entry (log, actor, action, subject, person, correlation, detail)
      select cast(:log as text), :actor, 'console.user.password', name, name, :correlation,
        jsonb_build_object('sessionsEnded', (select count(*) from ended))
      from changed\
      """;

  private static final String ROLE =
      """
      with changed as (
        update console_user set role = :role where name = :name and role <> :role returning name)
      insert into audit_entry (log, actor, action, subject, person, correlation, detail)
      select cast(:log as text), :actor, 'console.user.role', name, name, :correlation,
        jsonb_build_object('role', cast(:role as text))
      from changed\
      """;

  private static final String REMOVE =
      """
      with removed as (delete from console_user where name = :name returning name),
      ended as (delete from console_session s using removed r where s.name = r.name
        returning s.name)
      insert into audit_entry (log, actor, action, subject, person, correlation, detail)
      select cast(:log as text), :actor, 'console.user.removed', name, name, :correlation,
        jsonb_build_object('sessionsEnded', (select count(*) from ended))
      from removed\
      """;

  private static final String SIGN_OUT =
      """
      with ended as (delete from console_session where name = :name returning name)
      insert into audit_entry (log, actor, action, subject, person, correlation, detail)
      select cast(:log as text), :actor, 'console.user.signed-out', name, name, :correlation,
        jsonb_build_object('sessionsEnded', count(*))
      from ended group by name\
      """;

  private static final String SIGNED_IN =
      "select distinct name from console_session order by name limit 100";

  private static final String NOTE =
      """
      insert into audit_entry (log, actor, action, subject, person, correlation, detail)
      values (cast(:log as text), :actor, :action, :name, :name, :correlation,
        cast(:detail as jsonb))\
      """;

  private final Database database;

  public UserStore(Database database) {
    this.database = database;
  }

  /// A user with the password's hash, which goes no further than the part `access`.
  public record Row(
      String name,
      String role,
      String password,
      Instant madeAt,
      boolean temporary,
      Optional<Instant> seenAt) {}

  /// What is written of a user.
  public record NewUser(String name, String role, String password, boolean temporary) {}

  /// All users, by name.
  public List<Row> all() {
    return database.jdbi().withHandle(h -> select(h, null));
  }

  public Optional<Row> get(String name) {
    return database.jdbi().withHandle(h -> select(h, name).stream().findFirst());
  }

  private static List<Row> select(Handle handle, @org.jspecify.annotations.Nullable String name) {
    return handle.createQuery(ALL).bind("name", name).map((row, _) -> row(row)).list();
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getString("name"),
        row.getString("role"),
        row.getString("password"),
        row.getTimestamp("made_at").toInstant(),
        row.getBoolean("temporary"),
        Optional.ofNullable(row.getTimestamp("seen_at")).map(t -> t.toInstant()));
  }

  /// How many there are who may say who may what.
  public long administrators() {
    return database.jdbi().withHandle(h -> h.createQuery(COUNT).mapTo(Long.class).one());
  }

  /// False where there is one of this name.
  public boolean add(NewUser user, Instant now) {
    return database.jdbi().withHandle(h -> written(h.createUpdate(ADD), user, now).execute() > 0);
  }

  /// False where there is none of this name. Ends the user's sessions but the one of this hash.
  public boolean password(NewUser user, Instant now, byte[] kept) {
    return database
        .jdbi()
        .withHandle(
            h -> written(h.createUpdate(PASSWORD), user, now).bind("kept", kept).execute() > 0);
  }

  /// False where nothing changed.
  public boolean role(String name, String role) {
    return database
        .jdbi()
        .withHandle(
            h -> audited(h.createUpdate(ROLE)).bind("name", name).bind("role", role).execute() > 0);
  }

  /// False where there is none of this name. Ends all of the user's sessions.
  public boolean remove(String name) {
    return database
        .jdbi()
        .withHandle(h -> audited(h.createUpdate(REMOVE)).bind("name", name).execute() > 0);
  }

  /// Ends all sessions of this name; false where there is none.
  public boolean signOut(String name) {
    return database
        .jdbi()
        .withHandle(h -> audited(h.createUpdate(SIGN_OUT)).bind("name", name).execute() > 0);
  }

  /// The first hundred names that have sessions.
  public List<String> signedIn() {
    return database.jdbi().withHandle(h -> h.createQuery(SIGNED_IN).mapTo(String.class).list());
  }

  /// Writes only an audit row.
  public void note(String action, String name, java.util.Map<String, String> detail) {
    var json = JsonMapper.shared().writeValueAsString(detail);
    database
        .jdbi()
        .useHandle(h ->
            audited(h.createUpdate(NOTE))
                .bind("action", action)
                .bind("name", name)
                .bind("detail", json)
                .execute());
  }

  private static <S extends SqlStatement<S>> S written(S statement, NewUser user, Instant now) {
    return audited(statement)
        .bind("name", user.name())
        .bind("role", user.role())
        .bind("password", user.password())
        .bind("temporary", user.temporary())
        .bind("now", now);
  }

  private static <S extends SqlStatement<S>> S audited(S statement) {
    var correlation = Correlation.current();
    return statement
        .bind("log", Access.LOG)
        .bind("actor", correlation.actor())
        .bind("correlation", correlation.id());
  }
}
