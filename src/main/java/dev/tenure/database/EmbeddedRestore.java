package dev.tenure.database;

import dev.tenure.database.Backup.Restored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/// Puts a backup back as a new cluster of the embedded PostgreSQL. The old one need not be whole,
/// nor of a version that this build can start.
record EmbeddedRestore(DataDirectory directory, RestorePlace place) {
  private static final Duration STOP_LONGEST = Duration.ofSeconds(20);

  Restored restore(BackupFile backup, Filling filling)
      throws IOException, SQLException, InterruptedException {
    var data = place.data();
    var old = Cluster.tables(data);
    Cluster.takeRestored(data);
    if (Files.exists(old) && !place.replace()) {
      throw BackupProblems.present(data.toString()).found();
    }
    fill(filling);
    place.putFiles(backup);
    if (Files.exists(old)) {
      place.makeReplaced();
      Files.move(old, place.replaced().resolve("cluster"), StandardCopyOption.ATOMIC_MOVE);
    }
    Cluster.takeRestored(data);
    var replaced = Files.exists(place.replaced()) ? place.replaced().toString() : "";
    return new Restored(backup.content(), replaced);
  }

  /// A new cluster beside the old one, whole and at rest at the end.
  private void fill(Filling filling) throws IOException, SQLException, InterruptedException {
    var data = place.data();
    forget(Cluster.RESTORING);
    forget(Cluster.RESTORED);
    var cluster = Cluster.open(data, Cluster.RESTORING);
    var whole = false;
    var postgres = EmbeddedPostgres.start(directory, cluster, Map.of());
    try {
      filling.fill(postgres.login());
      whole = true;
    } finally {
      postgres.close();
      if (!whole) Binaries.delete(cluster.tables());
    }
    // The old one may have been left running by a process that was killed.
    stop(Cluster.tables(data));
    Files.move(
        cluster.tables(), Cluster.tables(data, Cluster.RESTORED), StandardCopyOption.ATOMIC_MOVE);
  }

  private void forget(String name) throws IOException {
    var tables = Cluster.tables(place.data(), name);
    stop(tables);
    Binaries.delete(tables);
  }

  /// Nobody is connected any more, so SIGTERM is enough.
  private static void stop(Path tables) {
    var left = Postmaster.of(tables);
    if (left.isEmpty()) return;
    var process = left.get().process();
    process.destroy();
    if (!Await.until(STOP_LONGEST, () -> !process.isAlive())) process.destroyForcibly();
  }
}
