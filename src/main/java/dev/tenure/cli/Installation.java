package dev.tenure.cli;

import dev.tenure.database.Backup;
import dev.tenure.flow.Rules;
import dev.tenure.id.FlowId;
import dev.tenure.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What a command finds where Tenure is installed: the way to open a [Workplace].
public interface Installation {
  String version();

  /// Opens the data directory with this configuration: attaches to the Tenure that owns it, or owns
  /// it for as long as the workplace is open. Throws [Problem.Found].
  Workplace open(Path config, Path data, String command);

  /// The same for `serve`: owns the directory, listens on `port` (the configured one where it is
  /// negative); the flows wait for [Workplace#runFlows].
  Workplace serve(Path config, Path data, int port);

  /// Reads and checks the configuration alone, and runs the tests in it. Throws [Problem.Found]
  /// with every mistake.
  List<FlowCheck> check(Path config);

  /// The deciding half of a flow of this other configuration, beside an open workplace. Throws
  /// [Problem.Found] with every mistake, or `PLAN_UNKNOWN` where it has no such flow.
  Rules rules(Workplace place, Path config, FlowId flow);

  /// Where a database is found: by a configuration, which an empty machine may lack, and in a data
  /// directory.
  record Place(Optional<Path> config, Path data) {}

  /// Writes all that is kept to a new file, or into a folder. Throws [Problem.Found].
  Backup.Written backup(Place place, Path file, Backup.Progress progress)
      throws InterruptedException;

  /// Whether a backup is whole, and what it holds. Throws [Problem.Found].
  Backup checkBackup(Path file, Backup.Progress progress) throws InterruptedException;

  /// Puts a backup back; with `replace` also where there is something. Throws [Problem.Found].
  Backup.Restored restore(Place place, Path file, boolean replace, Backup.Progress progress)
      throws InterruptedException;

  /// What an unexpected failure is to people; its trace goes to the log.
  Problem explain(Exception failure);
}
