package dev.tenure.database;

import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jdbi.v3.core.Jdbi;

/// The statements that make the tables: `db/migration/V<number>__<what>.sql` on the class path.
final class Migrations {
  private static final String FOLDER = "db/migration";
  private static final Pattern NAME = Pattern.compile("V([0-9]+)__.*\\.sql");

  private static final String HAS_HISTORY =
      "select to_regclass('flyway_schema_history') is not null";
  private static final String DONE =
      "select version from flyway_schema_history where success and version is not null";

  /// Found out once: it is asked for by whoever looks whether we are well.
  private static final Set<Integer> KNOWN = versions();

  private Migrations() {}

  /// Brings the schema to this build's state. Flyway is woken only where there is something to do:
  /// finding that out with it took 0.3 s of each start. Throws [Problem.Found] with `DATA_NEWER`
  /// where the schema is ahead of this build.
  static void run(Jdbi jdbi, DataSource pool) {
    var known = versions();
    var done = done(jdbi);
    newest(done)
        .ifPresent(version -> {
          throw newer(version).found();
        });
    if (done.equals(known)) return;
    flyway(pool).load().migrate();
  }

  /// Brings an empty schema to an older state, that of migration `last`.
  static void run(DataSource pool, int last) {
    flyway(pool).target(MigrationVersion.fromVersion(Integer.toString(last))).load().migrate();
  }

  /// The newest of these that this build does not know; empty where it knows all.
  static OptionalInt newest(Set<Integer> done) {
    return done.stream().filter(v -> !KNOWN.contains(v)).mapToInt(v -> v).max();
  }

  private static FluentConfiguration flyway(DataSource pool) {
    return Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(pool)
        .locations("classpath:" + FOLDER);
  }

  /// Tells that a table of this build is not there; absent where all are.
  static Optional<Problem> missing(Jdbi jdbi) {
    var missing = new TreeSet<>(KNOWN);
    missing.removeAll(done(jdbi));
    return missing.isEmpty() ? Optional.empty() : Optional.of(older(missing.first()));
  }

  /// The numbers of all migrations of this build.
  static Set<Integer> versions() {
    return files().stream()
        .map(NAME::matcher)
        .filter(java.util.regex.Matcher::matches)
        .map(name -> Integer.valueOf(name.group(1)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// The numbers of those that the database has; empty where it is none of ours.
  static Set<Integer> done(Jdbi jdbi) {
    return jdbi.withHandle(handle -> {
      if (!handle.createQuery(HAS_HISTORY).mapTo(Boolean.class).one()) return Set.of();
      return new TreeSet<>(handle.createQuery(DONE).mapTo(Integer.class).list());
    });
  }

  /// The file names of all folders of that name on the class path.
  static List<String> files() {
    try {
      return Collections.list(Migrations.class.getClassLoader().getResources(FOLDER)).stream()
          .flatMap(folder -> names(folder).stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> names(URL folder) {
    try {
      if (folder.openConnection() instanceof JarURLConnection jar) {
        return jar.getJarFile().stream()
            .map(entry -> entry.getName())
            .filter(name -> name.startsWith(FOLDER + "/"))
            .map(name -> name.substring(FOLDER.length() + 1))
            .toList();
      }
      try (var files = Files.list(Path.of(URI.create(folder.toString())))) {
        return files.map(file -> file.getFileName().toString()).toList();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Problem older(int version) {
    return new Problem(
        Code.DATA_DAMAGED,
        "the database lacks tables of this Tenure",
        Map.of("migration", Integer.toString(version)),
        "see whether somebody replaced it; the next start makes what is missing");
  }

  static Problem newer(int version) {
    return new Problem(
        Code.DATA_NEWER,
        "the database was written by a newer Tenure",
        Map.of("migration", Integer.toString(version)),
        "use that newer Tenure, or another database");
  }
}
