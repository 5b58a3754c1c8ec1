package dev.tenure.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The files of a data directory that a backup holds besides the tables.
final class KeptFiles {
  /// They belong to the tables: the key that signs the audit log, and the first password.
  private static final Set<String> WITH_THE_TABLES = Set.of("audit.key", "console-password");

  /// They are the operator's, as quickstart wrote them.
  private static final String CONFIGURATION = "tenure.yaml";

  private static final String SECRETS = "secrets";

  private KeptFiles() {}

  /// Those that are there, by their paths in the data directory.
  static List<String> in(Path data) throws IOException {
    var names = new ArrayList<String>();
    for (var name : List.of("audit.key", "console-password", CONFIGURATION)) {
      if (Files.isRegularFile(data.resolve(name))) names.add(name);
    }
    var secrets = data.resolve(SECRETS);
    if (!Files.isDirectory(secrets)) return names;
    try (var files = Files.list(secrets)) {
      files
          .filter(Files::isRegularFile)
          .map(file -> SECRETS + "/" + file.getFileName())
          .sorted()
          .forEach(names::add);
    }
    return names;
  }

  /// Whether a backup may have a file of this name: nothing else is ever written.
  static boolean isKnown(String name) {
    return belongsToTheTables(name)
        || name.equals(CONFIGURATION)
        || name.matches(SECRETS + "/(?!\\.\\.?$)[^/]+");
  }

  /// Whether it is put back together with the tables; others only where they are missing.
  static boolean belongsToTheTables(String name) {
    return WITH_THE_TABLES.contains(name);
  }
}
