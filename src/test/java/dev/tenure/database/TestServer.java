package dev.tenure.database;

import dev.tenure.config.Secret;
import dev.tenure.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// One PostgreSQL for all tests of this JVM, with a migrated template to copy from. It does without
/// fsync, as the tests that are about durability start their own.
public final class TestServer {
  private static final int FOLDERS = 8;
  private static final int CONNECTIONS = 16;
  private static final Map<String, String> SETTINGS =
      Map.of("fsync", "off", "max_connections", "300", "max_wal_size", "512MB");

  private final EmbeddedPostgres postgres;
  private final Path programs;
  private final String template;
  private final AtomicInteger made = new AtomicInteger();

  private TestServer(EmbeddedPostgres postgres, Path programs) throws SQLException {
    this.postgres = postgres;
    this.programs = programs;
    this.template = "template_" + Integer.toHexString(migrations());
    dropLeftovers();
    makeTemplate();
  }

  /// Starts it in the first free folder under `target`; stopped when the JVM ends.
  public static TestServer start() {
    var directory = ownFree();
    var postgres = EmbeddedPostgres.start(directory, SETTINGS);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              postgres.close();
              directory.close();
            }));
    try {
      return new TestServer(postgres, directory.path().resolve("postgres"));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A new, migrated, empty database; gone when it is closed.
  public Database fresh() {
    var name = "test_" + made.incrementAndGet();
    run("create database " + name + " template " + template + " strategy file_copy");
    var database = Database.connect(postgres.login().withDatabase(name), CONNECTIONS);
    return database.closing(() -> run("drop database " + name + " with (force)"));
  }

  /// A new, migrated, empty database of a role that is not the superuser, as an external PostgreSQL
  /// should have it.
  public Database ofAnOrdinaryRole() {
    var name = "test_" + made.incrementAndGet();
    run("drop role if exists ordinary_" + name);
    run("create role ordinary_" + name + " login password 'ordinary'");
    run("create database " + name + " owner ordinary_" + name);
    var own = postgres.login().withDatabase(name);
    var login = new Login(own.url(), "ordinary_" + name, new Secret("ordinary"), own.options());
    var database = Database.connect(login, 2);
    return database.closing(() -> {
      run("drop database " + name + " with (force)");
      run("drop role ordinary_" + name);
    });
  }

  /// The folder with the unpacked programs.
  public Path programs() {
    return programs;
  }

  /// The address of a new, migrated, empty database.
  public Address address() {
    var name = "test_" + made.incrementAndGet();
    run("create database " + name + " template " + template + " strategy file_copy");
    var login = postgres.login().withDatabase(name);
    return new Address(
        login.url(),
        login.user(),
        login.password().reveal(),
        () -> run("drop database " + name + " with (force)"));
  }

  /// A database as a configuration names it; gone when it is closed.
  public record Address(String url, String user, String password, Runnable drop)
      implements AutoCloseable {
    @Override
    public void close() {
      drop.run();
    }
  }

  private static DataDirectory ownFree() {
    for (var i = 1; i < FOLDERS; i++) {
      try {
        return DataDirectory.own(folder(i), "tests", Clock.systemUTC());
      } catch (Problem.Found _) {
        // Another test run in the same checkout has it.
      }
    }
    return DataDirectory.own(folder(FOLDERS), "tests", Clock.systemUTC());
  }

  private static Path folder(int number) {
    return Path.of("target", "test-database-" + number);
  }

  private void makeTemplate() throws SQLException {
    if (!ask("select 1 from pg_database where datname = '" + template + "'").isEmpty()) return;
    run("create database making");
    Database.connect(postgres.login().withDatabase("making"), 2).close();
    run("alter database making rename to " + template);
  }

  private void dropLeftovers() throws SQLException {
    var names =
        ask(
            "select string_agg(datname, ' ') from pg_database where datname like 'test\\_%'"
                + " or datname = 'making' or datname like 'template\\_%' and datname <> '"
                + template
                + "'");
    if (names == null) return;
    Arrays.stream(names.split(" ")).forEach(name -> run("drop database " + name + " with (force)"));
  }

  private void run(String sql) {
    try {
      ask(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private String ask(String sql) throws SQLException {
    return postgres.login().ask(sql);
  }

  /// Changes when a migration does, in name or text.
  private static int migrations() {
    List<String> files = Migrations.files();
    return files.stream().sorted().map(TestServer::text).toList().hashCode();
  }

  private static String text(String file) {
    try (var stream = TestServer.class.getResourceAsStream("/db/migration/" + file)) {
      return file
          + (stream == null ? "" : new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
