package dev.tenure.database;

import dev.tenure.database.Backup.Kept;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Objects;

/// Where a backup is put back: the data directory `data`, at the moment `now`. `replace`: also
/// where there is something.
record RestorePlace(Path data, Instant now, boolean replace) {
  private static final DateTimeFormatter COMPACT =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /// A time for the name of a file.
  static String compact(Instant at) {
    return COMPACT.format(at);
  }

  /// The folder for what was there before; nobody has made it yet.
  Path replaced() {
    return data.resolve("replaced-" + compact(now));
  }

  /// Puts the files back that belong to the tables, and those of the operator that are missing.
  void putFiles(BackupFile backup) throws IOException {
    for (var kept : backup.content().files()) {
      var file = data.resolve(kept.name());
      if (!Files.exists(file)) put(backup, kept, file);
      else if (KeptFiles.belongsToTheTables(kept.name())) replace(backup, kept, file);
    }
  }

  private void replace(BackupFile backup, Kept kept, Path file) throws IOException {
    if (Arrays.equals(Files.readAllBytes(file), backup.bytes(kept))) return;
    makeReplaced();
    Files.copy(file, replaced().resolve(kept.name()));
    put(backup, kept, file);
  }

  void makeReplaced() throws IOException {
    if (Files.isDirectory(replaced())) return;
    var mode = PosixFilePermissions.fromString("rwx------");
    Files.createDirectory(replaced(), PosixFilePermissions.asFileAttribute(mode));
    PrivateFile.giveToOwnerOfFolder(replaced());
  }

  private static void put(BackupFile backup, Kept kept, Path file) throws IOException {
    var folder = Objects.requireNonNull(file.getParent());
    if (!Files.isDirectory(folder)) {
      var mode = PosixFilePermissions.fromString("rwx------");
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(mode));
      PrivateFile.giveToOwnerOfFolder(folder);
    }
    PrivateFile.write(file, backup.bytes(kept));
  }
}
