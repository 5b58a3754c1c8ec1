package dev.tenure;

import dev.tenure.admin.House;
import dev.tenure.database.Backup;
import dev.tenure.database.Backups;
import dev.tenure.database.DatabaseConfig;
import dev.tenure.flow.Flow;
import dev.tenure.flow.Rules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// What a server does with its own files.
record OwnHouse(DatabaseConfig database, OwnFiles files, LiveFlows flows) implements House {
  private static final String BACKUPS = "backups";

  @Override
  public Backup.Written backup(Backup.Progress progress) throws InterruptedException {
    // what is opened on the way is this server's, which is open already
    var backups = new Backups(database, files.data(), Tenure.CLOCK, _ -> {});
    return backups.write(folder(), LocalInstallation.productVersion(), progress);
  }

  private Path folder() {
    var mode = PosixFilePermissions.fromString("rwx------");
    try {
      return Files.createDirectories(
          files.data().resolve(BACKUPS), PosixFilePermissions.asFileAttribute(mode));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Rules rules(Flow flow, String others) {
    return flows.rules(files.settings(others).flows(), flow.id());
  }
}
