package dev.tenure.database;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.tenure.config.Secret;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/// A migrated PostgreSQL that is ready for work.
public final class Database implements AutoCloseable {
  private static final int VERSION_MIN = 15;
  private static final int VERSION_UNIT = 10_000;

  private final Jdbi jdbi;
  private final DataSource pool;
  private final Runnable close;
  private final AtomicBoolean closed = new AtomicBoolean();

  Database(Jdbi jdbi, DataSource pool, Runnable close) {
    this.jdbi = jdbi;
    this.pool = pool;
    this.close = close;
  }

  /// Opens what the configuration names, for the process that owns the data directory: an embedded
  /// PostgreSQL is started there, and ends with the directory's closing. `connections`: at most so
  /// many at a time.
  ///
  /// Throws [Problem.Found] with `DATABASE_START`, `DATABASE_UNREACHABLE`, `DATABASE_TOO_OLD`,
  /// `DATA_NEWER`, `DATA_DAMAGED`, `DATA_NOT_WRITABLE`, `DISK_FULL` or `PLATFORM_UNSUPPORTED`.
  public static Database open(DatabaseConfig config, DataDirectory directory, int connections) {
    return switch (config) {
      case DatabaseConfig.External external -> connect(Login.of(external), connections);
      case DatabaseConfig.Embedded _ -> {
        var postgres = EmbeddedPostgres.start(directory, Map.of());
        directory.recordDatabase(postgres.port());
        yield connect(postgres.login(), connections);
      }
    };
  }

  /// Opens the same beside the live owner of the data directory `folder`; stops nothing at the end.
  public static Database attach(
      DatabaseConfig config, Path folder, Attachment owner, int connections) {
    return switch (config) {
      case DatabaseConfig.External external -> connect(Login.of(external), connections);
      case DatabaseConfig.Embedded _ ->
          connect(Login.local(owner.databasePort(), password(folder)), connections);
    };
  }

  /// The same, with more to be done at the end.
  Database closing(Runnable more) {
    return new Database(
        jdbi,
        pool,
        () -> {
          close();
          more.run();
        });
  }

  /// Connects, looks at the server's version, migrates.
  static Database connect(Login login, int connections) {
    try {
      return ready(Pool.open(login, connections), login);
    } catch (HikariPool.PoolInitializationException failure) {
      throw new Problem.Found(DatabaseProblems.of(failure).with("url", login.shown()), failure);
    }
  }

  /// The way in. JSON is bound as text and cast in the statement (`?::jsonb`); UUIDs, instants and
  /// arrays (`array` of text, uuid, integer, bigint or boolean) bind as they are.
  public Jdbi jdbi() {
    return jdbi;
  }

  /// What the connections of this process do: how many are `active` and `idle`, at most there are
  /// `max`, and so many threads are `waiting` for one.
  public record Connections(int active, int idle, int waiting, int max) {}

  public Connections connections() {
    if (!(pool instanceof HikariDataSource hikari) || hikari.getHikariPoolMXBean() == null) {
      return new Connections(0, 0, 0, 0);
    }
    var now = hikari.getHikariPoolMXBean();
    return new Connections(
        now.getActiveConnections(),
        now.getIdleConnections(),
        now.getThreadsAwaitingConnection(),
        hikari.getMaximumPoolSize());
  }

  /// Why nobody can work with it now: it does not answer, or a table of this build is missing.
  /// Absent where all is well. Takes as long as getting a connection may take.
  public Optional<Problem> problem() {
    try {
      return Migrations.missing(jdbi);
    } catch (JdbiException e) {
      return Optional.of(DatabaseProblems.of(e));
    }
  }

  /// Does the work on a connection, for [Prepared] statements: each is a transaction by itself.
  public <T> T on(Function<Connection, T> work) {
    try (var connection = pool.getConnection()) {
      return work.apply(connection);
    } catch (SQLException e) {
      throw new ConnectionException(e);
    }
  }

  /// Ends all connections; again does nothing.
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) close.run();
  }

  private static Database ready(HikariDataSource pool, Login login) {
    try {
      var jdbi = jdbi(pool);
      refuseOld(jdbi, login);
      Migrations.run(jdbi, pool);
      return new Database(jdbi, pool, pool::close);
    } catch (JdbiException | FlywayException failure) {
      pool.close();
      throw new Problem.Found(DatabaseProblems.of(failure).with("url", login.shown()), failure);
    } catch (RuntimeException failure) {
      pool.close();
      throw failure;
    }
  }

  private static Jdbi jdbi(HikariDataSource pool) {
    return Jdbi.create(pool)
        .registerArrayType(String.class, "text")
        .registerArrayType(UUID.class, "uuid")
        .registerArrayType(Integer.class, "int4")
        .registerArrayType(Long.class, "int8")
        .registerArrayType(Boolean.class, "bool");
  }

  private static void refuseOld(Jdbi jdbi, Login login) {
    var version =
        jdbi.withHandle(handle ->
            handle
                .createQuery("select current_setting('server_version_num')::int")
                .mapTo(Integer.class)
                .one());
    if (version >= VERSION_MIN * VERSION_UNIT) return;
    throw new Problem(
            Code.DATABASE_TOO_OLD,
            "this PostgreSQL is too old",
            Map.of("url", login.shown(), "version", Integer.toString(version / VERSION_UNIT)),
            "use PostgreSQL " + VERSION_MIN + " or newer, or the embedded one")
        .found();
  }

  static Secret password(Path folder) {
    try {
      return new Secret(Files.readString(folder.resolve("postgres.password")).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
