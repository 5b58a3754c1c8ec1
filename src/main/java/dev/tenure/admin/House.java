package dev.tenure.admin;

import dev.tenure.database.Backup;
import dev.tenure.flow.Flow;
import dev.tenure.flow.Rules;

/// What the server does with its own files.
public interface House {
  /// Writes a backup into the folder `backups` of the data directory.
  Backup.Written backup(Backup.Progress progress) throws InterruptedException;

  /// The deciding half of the flow, as if these `flows` and `tables` stood in the configuration
  /// file under their names. Throws [dev.tenure.problem.Problem.Found] with all that is wrong.
  Rules rules(Flow flow, String others);
}
