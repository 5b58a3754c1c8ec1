package dev.tenure.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tenure.config.Secret;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.testkit.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is in all tables is in a backup, comes back from it, and nothing else ever does.
class BackupTest {
  private static final long SEED = Long.getLong("law.seed", System.nanoTime());
  private static final Backup.Progress NOBODY_LOOKS = (_, _) -> {};
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-25T08:00:00Z"), ZoneOffset.UTC);

  @TempDir private Path folder;
  private final TestServer.Address from = TestDatabase.address();
  private final TestServer.Address to = TestDatabase.address();

  @AfterEach
  void drop() {
    from.close();
    to.close();
  }

  private static DatabaseConfig.External config(TestServer.Address address) {
    return new DatabaseConfig.External(
        address.url(), address.user(), new Secret(address.password()));
  }

  private static Connection connect(TestServer.Address address) throws SQLException {
    return Login.of(config(address)).connect();
  }

  private Backups backups(TestServer.Address address, String data) throws IOException {
    var path = Files.createDirectories(folder.resolve(data));
    return new Backups(config(address), path, CLOCK, BackupTest::closedAtTheEnd);
  }

  /// Data directories: nobody else wants them.
  private static void closedAtTheEnd(AutoCloseable part) {
    if (part instanceof DataDirectory directory) directory.close();
  }

  private Path written() throws IOException, SQLException, InterruptedException {
    try (var connection = connect(from)) {
      new Tables(new Random(SEED)).fill(connection, 40);
    }
    var file = folder.resolve("all.backup");
    backups(from, "from").write(file, "1.2.3", NOBODY_LOOKS);
    return file;
  }

  @Test
  void everyRowOfEveryTableComesBack() throws Exception {
    Files.writeString(Files.createDirectories(folder.resolve("from")).resolve("audit.key"), "key");
    var file = written();
    var restored = backups(to, "to").restore(file, true, NOBODY_LOOKS);
    try (var source = connect(from);
        var target = connect(to)) {
      var before = Tables.content(source);
      assertThat(before).hasSizeGreaterThan(40);
      assertThat(before.values().stream().filter(rows -> !rows.startsWith("0 ")).count())
          .isGreaterThan(20);
      assertThat(Tables.content(target)).as("law.seed=%d", SEED).isEqualTo(before);
      assertThat(Catalogue.of(target).sequences()).isEqualTo(Catalogue.of(source).sequences());
    }
    assertThat(restored.replaced()).isEqualTo("schema tenure_replaced_20261125t080000z");
    assertThat(restored.content().tenure()).isEqualTo("1.2.3");
    assertThat(folder.resolve("to/audit.key")).hasContent("key");
    assertThat(Files.getPosixFilePermissions(folder.resolve("to/audit.key")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    try (var database = Database.connect(Login.of(config(to)), 2)) {
      assertThat(database.problem()).isEmpty();
    }
  }

  @Test
  void aBackupIsForItsOwnerOnlyAndReplacesNothing() throws Exception {
    var backups = backups(from, "from");
    var into = Files.createDirectory(folder.resolve("nightly"));
    var written = backups.write(into, "1.2.3", NOBODY_LOOKS);
    var file = into.resolve("tenure-20261125T080000Z.backup");
    assertThat(written.file()).isEqualTo(file.toString());
    assertThat(written.bytes()).isEqualTo(Files.size(file));
    assertThat(written.sha256()).isEqualTo(Checksum.of(Files.readAllBytes(file)));
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(into.toFile().list()).hasSize(1);
    assertProblem(Code.BACKUP_FILE, () -> backups.write(file, "1.2.3", NOBODY_LOOKS));
    var nowhere = folder.resolve("missing/x.backup");
    assertProblem(Code.BACKUP_FILE, () -> backups.write(nowhere, "1.2.3", NOBODY_LOOKS));
  }

  @Test
  void whatIsThereIsNotTouchedUnasked() throws Exception {
    var file = written();
    try (var target = connect(to)) {
      var before = Tables.content(target);
      assertProblem(Code.DATA_PRESENT, () -> backups(to, "to").restore(file, false, NOBODY_LOOKS));
      try (var statement = target.createStatement()) {
        statement.execute("insert into node (node, seen) values (gen_random_uuid()::text, now())");
        assertProblem(Code.DATA_IN_USE, () -> backups(to, "to").restore(file, true, NOBODY_LOOKS));
        statement.execute("delete from node");
      }
      assertThat(Tables.content(target)).isEqualTo(before);
    }
  }

  /// Whole by its checksums, yet PostgreSQL does not take it: all or nothing.
  @Test
  void aRestoreThatFailsChangesNothing() throws Exception {
    var broken =
        rewritten(written(), Map.of("tables/console_failure", rows -> rows + "\\N\tnonsense\n"));
    try (var target = connect(to)) {
      new Tables(new Random(SEED)).fill(target, 3);
      var before = Tables.content(target);
      var failure = catchThrowable(() -> backups(to, "to").restore(broken, true, NOBODY_LOOKS));
      assertThat(failure).isInstanceOf(Problem.Found.class);
      assertThat(Tables.content(target)).isEqualTo(before);
      try (var schemas = target.createStatement();
          var rows =
              schemas.executeQuery(
                  "select count(*) from pg_namespace where nspname like 'tenure%'")) {
        rows.next();
        assertThat(rows.getInt(1)).isZero();
      }
    }
  }

  @Test
  void aDamagedFileIsToldAndNeverReadWrong() throws Exception {
    var file = written();
    var whole = Files.readAllBytes(file);
    var content = Backups.check(file, NOBODY_LOOKS);
    var random = new Random(SEED);
    var damaged = folder.resolve("damaged.backup");
    int told = 0;
    for (int i = 0; i < 200; i++) {
      var bytes = whole.clone();
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(damaged, bytes);
      try {
        // Some bytes of a ZIP say nothing, such as times.
        assertThat(Backups.check(damaged, NOBODY_LOOKS)).as("law.seed=%d", SEED).isEqualTo(content);
      } catch (Problem.Found e) {
        assertThat(e.has(Code.BACKUP_DAMAGED)).as("law.seed=%d %s", SEED, e).isTrue();
        told++;
      }
    }
    assertThat(told).isGreaterThan(150);
    for (int i = 0; i < 50; i++) {
      Files.write(damaged, java.util.Arrays.copyOf(whole, random.nextInt(whole.length)));
      assertProblem(Code.BACKUP_DAMAGED, () -> Backups.check(damaged, NOBODY_LOOKS));
    }
    Files.writeString(damaged, "no backup");
    assertProblem(Code.BACKUP_DAMAGED, () -> Backups.check(damaged, NOBODY_LOOKS));
    assertProblem(Code.BACKUP_FILE, () -> Backups.check(folder, NOBODY_LOOKS));
  }

  @Test
  void whatANewerTenureWroteIsRefusedAndSoIsWhatHasNoPlace() throws Exception {
    var file = written();
    var newer = rewritten(file, content(c -> c.replace("\"format\" : 1", "\"format\" : 2")));
    assertProblem(Code.DATA_NEWER, () -> Backups.check(newer, NOBODY_LOOKS));
    var later =
        rewritten(
            file, content(c -> c.replace("\"migrations\" : [ 1,", "\"migrations\" : [ 9999, 1,")));
    assertProblem(Code.DATA_NEWER, () -> Backups.check(later, NOBODY_LOOKS));
    var strange =
        rewritten(
            file,
            content(c ->
                c.replaceFirst(
                    "\"files\" : \\[ *]",
                    "\"files\" : [ {\"name\": \"../../x\", \"sha256\": \"00\"} ]")));
    assertProblem(Code.BACKUP_DAMAGED, () -> Backups.check(strange, NOBODY_LOOKS));
    var injected = rewritten(file, content(c -> c.replace("\"node\"", "\"node; drop\"")));
    assertProblem(Code.BACKUP_DAMAGED, () -> Backups.check(injected, NOBODY_LOOKS));
  }

  private static Map<String, UnaryOperator<String>> content(UnaryOperator<String> change) {
    return Map.of(BackupWriter.CONTENT, change);
  }

  /// A copy with other entries, and with checksums that fit.
  private Path rewritten(Path file, Map<String, UnaryOperator<String>> changes) throws IOException {
    var copy = Files.createTempFile(folder, "rewritten", ".backup");
    try (var zip = new ZipFile(file.toFile());
        var out = new ZipOutputStream(Files.newOutputStream(copy))) {
      var content = text(zip, BackupWriter.CONTENT);
      for (var entry : zip.stream().toList()) {
        if (entry.getName().equals(BackupWriter.CONTENT)) continue;
        var before = text(zip, entry.getName());
        var after = changes.getOrDefault(entry.getName(), t -> t).apply(before);
        put(out, entry.getName(), after);
        content = content.replace(sum(before), sum(after));
      }
      content = changes.getOrDefault(BackupWriter.CONTENT, t -> t).apply(content);
      put(out, BackupWriter.CONTENT, content);
      out.setComment(sum(content));
    }
    return copy;
  }

  private static String sum(String text) {
    return Checksum.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(ZipFile zip, String name) throws IOException {
    try (var in = zip.getInputStream(zip.getEntry(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void put(ZipOutputStream out, String name, String text) throws IOException {
    out.putNextEntry(new ZipEntry(name));
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private interface Work {
    void run() throws Exception;
  }

  private static void assertProblem(Code code, Work work) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(
            Problem.Found.class, e -> assertThat(e.has(code)).as(e.getMessage()).isTrue());
  }
}
