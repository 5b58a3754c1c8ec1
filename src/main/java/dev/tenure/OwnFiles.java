package dev.tenure;

import dev.tenure.config.Configuration;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The files that a server was started with: its configuration, in which `environment` gives the
/// values of variables, and its data directory.
record OwnFiles(Path config, Function<String, @Nullable String> environment, Path data) {
  /// What the configuration says. Throws [dev.tenure.problem.Problem.Found] with all that is wrong.
  Settings settings() {
    return SettingsReader.read(Configuration.load(config, environment));
  }

  /// What it would say with these `flows` and `tables`.
  Settings settings(String others) {
    return SettingsReader.read(Configuration.load(config, environment, others));
  }
}
