package dev.tenure.database;

import dev.tenure.config.Secret;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// The embedded PostgreSQL at rest, below the data directory: programs in `postgres/18.6-…`, tables
/// in `postgres/cluster`, logs in `log`, the password in `postgres.password`.
record Cluster(Path root, Path tables, ServerUser user, Path programs, Secret password) {
  static final String SUPERUSER = "tenure";

  /// What a restore is filling.
  static final String RESTORING = "restoring";

  /// What a restore has filled, until it takes the place of what was there.
  static final String RESTORED = "restored";

  private static final String NAME = "cluster";
  private static final int PASSWORD_BYTES = 32;

  /// Makes what is missing. Throws [Problem.Found] with `DATA_NEWER`, `DATA_DAMAGED`,
  /// `DATA_NOT_WRITABLE`, `DISK_FULL`, `DATABASE_START` or `PLATFORM_UNSUPPORTED`.
  static Cluster open(Path root) {
    return open(root, NAME);
  }

  /// The same for other tables of the same programs.
  static Cluster open(Path root, String name) {
    try {
      refuseOtherVersions(tables(root, name));
      refuseOtherUsers(root);
      return make(root, name);
    } catch (IOException | UncheckedIOException e) {
      var details = Map.of("data", root.toString());
      if (DatabaseProblems.isDiskFull(e)) {
        throw new Problem.Found(DatabaseProblems.diskFull(details), e);
      }
      throw new Problem.Found(
          new Problem(
              Code.DATABASE_START,
              "PostgreSQL cannot be prepared: " + e.getMessage(),
              details,
              "check the rights, mount options and health of the data directory's disk"),
          e);
    }
  }

  Path log() {
    return root.resolve("log");
  }

  /// The line that runs one of PostgreSQL's programs as the right user.
  List<String> line(String program, String... arguments) {
    var line = new ArrayList<>(user.prefix());
    line.add(programs.resolve("bin").resolve(program).toString());
    line.addAll(List.of(arguments));
    return line;
  }

  static Path tables(Path root) {
    return tables(root, NAME);
  }

  static Path tables(Path root, String name) {
    return root.resolve("postgres").resolve(name);
  }

  private static Cluster make(Path root, String name) throws IOException {
    var user = ServerUser.of(root);
    var parent = Files.createDirectories(root.resolve("postgres"));
    var log = Files.createDirectories(root.resolve("log"));
    var programs = Binaries.unpack(parent);
    var password = new Secret(password(root));
    var cluster = new Cluster(root, tables(root, name), user, programs, password);
    user.own(parent);
    user.own(log);
    if (name.equals(NAME)) takeRestored(root);
    if (!Files.exists(cluster.tables())) cluster.initialize();
    user.own(cluster.tables());
    return cluster;
  }

  /// Where a restore was ended between the moments in which the old tables left and the new ones
  /// came.
  static void takeRestored(Path root) throws IOException {
    var restored = tables(root, RESTORED);
    if (Files.exists(tables(root)) || !Files.exists(restored)) return;
    Files.move(restored, tables(root), StandardCopyOption.ATOMIC_MOVE);
  }

  private static String password(Path root) throws IOException {
    var file = root.resolve("postgres.password");
    if (!Files.exists(file)) {
      var bytes = new byte[PASSWORD_BYTES];
      new SecureRandom().nextBytes(bytes);
      PrivateFile.write(file, HexFormat.of().formatHex(bytes).getBytes(StandardCharsets.US_ASCII));
    }
    return Files.readString(file).strip();
  }

  /// To a neighbour first: a cluster with the right name is whole, or not there.
  private void initialize() throws IOException {
    var next = tables.resolveSibling(tables.getFileName() + ".new");
    var words = tables().resolveSibling("password.new");
    Binaries.delete(next);
    PrivateFile.write(words, password.reveal().getBytes(StandardCharsets.US_ASCII));
    user.own(words);
    try {
      run(
          line(
              "initdb",
              "--pgdata=" + next,
              "--username=" + SUPERUSER,
              "--auth=scram-sha-256",
              "--pwfile=" + words,
              "--encoding=UTF8",
              "--locale-provider=builtin",
              "--locale=C.UTF-8",
              // The password is 256 random bits: stretching it protects nothing, and costs each
              // connection some milliseconds.
              "--set=scram_iterations=1"));
      Files.move(next, tables(), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(words);
    }
  }

  /// Runs a program to its end. Throws where it fails, with what it said last.
  void run(List<String> line) throws IOException {
    var builder = new ProcessBuilder(line).redirectErrorStream(true);
    plain(builder);
    var process = builder.start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) throw new IOException(said.strip());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /// Nothing of our environment (PGDATA, PGOPTIONS …) reaches PostgreSQL; its messages are English.
  ProcessBuilder plain(ProcessBuilder builder) {
    builder.environment().clear();
    builder.environment().putAll(Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL", "C"));
    return builder.directory(root.toFile());
  }

  private static void refuseOtherVersions(Path tables) throws IOException {
    var file = tables.resolve("PG_VERSION");
    if (!Files.exists(file)) return;
    var found = Files.readString(file).strip();
    if (found.equals(Integer.toString(Binaries.MAJOR))) return;
    var newer = found.matches("\\d{1,4}") && Integer.parseInt(found) > Binaries.MAJOR;
    throw new Problem(
            newer ? Code.DATA_NEWER : Code.DATA_DAMAGED,
            "the data directory was written by PostgreSQL " + found,
            Map.of("data", tables.toString(), "own", Binaries.VERSION),
            newer
                ? "use the newer Tenure that wrote it, or another folder by --data"
                : "with the Tenure that wrote it: tenure backup FILE; then with this one: tenure"
                    + " restore FILE --replace")
        .found();
  }

  private static void refuseOtherUsers(Path root) throws IOException {
    var postgres = root.resolve("postgres");
    if (!Files.exists(postgres) || ServerUser.current() == ServerUser.ROOT) return;
    var owner = PrivateFile.ownerOf(postgres);
    if (owner == ServerUser.current()) return;
    throw new Problem(
            Code.DATA_NOT_WRITABLE,
            "the data directory belongs to another user",
            Map.of("data", root.toString(), "ownerId", Integer.toString(owner)),
            "start Tenure as that user or as root, or give this user the folder (chown -R)")
        .found();
  }
}
