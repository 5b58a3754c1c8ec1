package dev.tenure.database;

import dev.tenure.database.Backup.Progress;
import dev.tenure.database.Backup.Restored;
import dev.tenure.database.Backup.Written;
import dev.tenure.problem.Problem;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Copies all that is kept to a file, and puts it back.
///
/// A backup is of the tables' rows, whatever PostgreSQL they are in, so it is also the way from one
/// major version to the next. It is taken while everything runs; it is put back where nothing does.
public final class Backups {
  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private final DatabaseConfig config;
  private final Path data;
  private final Clock clock;
  private final Consumer<AutoCloseable> opened;

  /// For the database of this configuration and this data directory. Whatever is opened is told to
  /// `opened`, which closes it at the end, the newest first.
  public Backups(DatabaseConfig config, Path data, Clock clock, Consumer<AutoCloseable> opened) {
    this.config = config;
    this.data = data;
    this.clock = clock;
    this.opened = opened;
  }

  /// Writes a backup to `file` (mode 0600), or into it under a name with the time, where it is a
  /// folder. It is whole, or not there. `tenure` is the version that writes.
  ///
  /// Throws [Problem.Found] with `BACKUP_FILE`, `DATA_MISSING`, `DATA_IN_USE`, `DISK_FULL` or what
  /// opening the database throws.
  public Written write(Path file, String tenure, Progress progress) throws InterruptedException {
    var target = Files.isDirectory(file) ? file.resolve(nameNow()) : file.toAbsolutePath();
    if (Files.exists(target)) {
      throw BackupProblems.file(
              target, "the file is there already", "choose another name, or name a folder")
          .found();
    }
    try {
      return write(source(), target, tenure, progress);
    } catch (SQLException e) {
      throw new Problem.Found(DatabaseProblems.of(e), e);
    } catch (IOException e) {
      throw new Problem.Found(unwritable(target, e), e);
    }
  }

  /// Compares all that is in a backup with its checksums. Throws [Problem.Found] with
  /// `BACKUP_FILE`, `BACKUP_DAMAGED` or `DATA_NEWER`.
  public static Backup check(Path file, Progress progress) throws InterruptedException {
    try (var backup = BackupFile.open(file, progress)) {
      return backup.content();
    } catch (IOException e) {
      throw new Problem.Found(BackupProblems.damaged(file, String.valueOf(e.getMessage())), e);
    }
  }

  /// Puts a backup back. `replace`: also where there is something, which is kept beside. All or
  /// nothing: what is there stays as it is until the new one is whole.
  ///
  /// Throws [Problem.Found] as [#check], or with `DATA_PRESENT`, `DATA_IN_USE`, `DISK_FULL` or what
  /// opening the database throws.
  public Restored restore(Path file, boolean replace, Progress progress)
      throws InterruptedException {
    try (var backup = BackupFile.open(file, (total, done) -> progress.at(2 * total, done))) {
      var directory = DataDirectory.own(data, "restore", clock);
      opened.accept(directory);
      var rows = backup.content().rows();
      var filling = new Filling(backup, (_, done) -> progress.at(2 * rows, rows + done));
      var place = new RestorePlace(directory.path(), clock.instant(), replace);
      return switch (config) {
        case DatabaseConfig.Embedded _ ->
            new EmbeddedRestore(directory, place).restore(backup, filling);
        case DatabaseConfig.External external ->
            new ExternalRestore(place, Login.of(external)).restore(backup, filling);
      };
    } catch (SQLException e) {
      throw new Problem.Found(DatabaseProblems.of(e), e);
    } catch (IOException e) {
      throw new Problem.Found(unwritable(data, e), e);
    }
  }

  private String nameNow() {
    return "tenure-" + RestorePlace.compact(clock.instant()) + ".backup";
  }

  /// The database that is there: beside the server that runs it, else started for as long as this
  /// takes.
  private Login source() throws IOException {
    return switch (config) {
      case DatabaseConfig.External external -> Login.of(external);
      case DatabaseConfig.Embedded _ -> {
        var server = DataDirectory.attachment(data).filter(Attachment::isServing);
        if (server.isPresent()) {
          yield Login.local(server.get().databasePort(), Database.password(data));
        }
        if (!Files.isDirectory(data) || !Files.exists(Cluster.tables(data.toRealPath()))) {
          throw BackupProblems.missing(data.toString()).found();
        }
        var directory = DataDirectory.own(data, "backup", clock);
        opened.accept(directory);
        yield EmbeddedPostgres.start(directory, Map.of()).login();
      }
    };
  }

  /// To a neighbour first.
  private Written write(Login login, Path target, String tenure, Progress progress)
      throws IOException, SQLException, InterruptedException {
    var next = target.resolveSibling(target.getFileName() + ".new");
    var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Files.deleteIfExists(next);
    var digest = Checksum.sha256();
    try (var connection = login.connect();
        var channel = FileChannel.open(next, NEW, mode)) {
      var file = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
      var out = new DigestOutputStream(file, digest);
      var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
      var backup =
          new BackupWriter(connection, out, now, progress)
              .write(data, tenure)
              .orElseThrow(() -> BackupProblems.missing(login.shown()).found());
      file.flush();
      channel.force(true);
      PrivateFile.giveToOwnerOfFolder(next);
      Files.move(next, target, StandardCopyOption.ATOMIC_MOVE);
      var sha256 = HexFormat.of().formatHex(digest.digest());
      return new Written(backup, target.toString(), channel.size(), sha256);
    } finally {
      Files.deleteIfExists(next);
    }
  }

  private static Problem unwritable(Path file, IOException cause) {
    var details = Map.of("file", file.toString());
    if (DatabaseProblems.isDiskFull(cause)) return DatabaseProblems.diskFull(details);
    return BackupProblems.file(
        file,
        "it cannot be written: " + cause.getClass().getSimpleName(),
        "check that the folder is there and that this user may write to it");
  }
}
