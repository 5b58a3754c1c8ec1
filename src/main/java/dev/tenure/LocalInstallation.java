package dev.tenure;

import dev.tenure.cli.FlowCheck;
import dev.tenure.cli.Installation;
import dev.tenure.cli.Workplace;
import dev.tenure.config.Configuration;
import dev.tenure.database.Backup;
import dev.tenure.database.Backups;
import dev.tenure.database.DatabaseConfig;
import dev.tenure.database.DatabaseProblems;
import dev.tenure.flow.Rules;
import dev.tenure.id.FlowId;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/// Tenure as it is installed on this machine.
final class LocalInstallation implements Installation {
  private final Function<String, @Nullable String> environment;

  LocalInstallation() {
    this(System::getenv);
  }

  /// `environment` gives the value of a variable, or null.
  LocalInstallation(Function<String, @Nullable String> environment) {
    this.environment = environment;
  }

  @Override
  public String version() {
    return productVersion();
  }

  static String productVersion() {
    var version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }

  @Override
  public Workplace open(Path config, Path data, String command) {
    return Tenure.open(settings(config), data, command);
  }

  @Override
  public Workplace serve(Path config, Path data, int port) {
    return Tenure.serve(new OwnFiles(config, environment, data), port);
  }

  @Override
  public List<FlowCheck> check(Path config) {
    var now = Instant.now();
    return settings(config).flows().stream()
        .map(f ->
            new FlowCheck(
                f.id(), f.rules().leaver(), f.policy().targetGroups(), f.policy().test(now)))
        .toList();
  }

  @Override
  public Rules rules(Workplace place, Path config, FlowId flow) {
    if (!(place instanceof Tenure tenure)) throw new IllegalArgumentException("not opened here");
    return tenure.rules(settings(config).flows(), flow);
  }

  @Override
  public Backup.Written backup(Place place, Path file, Backup.Progress progress)
      throws InterruptedException {
    try (var opened = Opened.watched()) {
      return backups(place, opened).write(file, version(), progress);
    }
  }

  @Override
  public Backup checkBackup(Path file, Backup.Progress progress) throws InterruptedException {
    return Backups.check(file, progress);
  }

  @Override
  public Backup.Restored restore(Place place, Path file, boolean replace, Backup.Progress progress)
      throws InterruptedException {
    try (var opened = Opened.watched()) {
      return backups(place, opened).restore(file, replace, progress);
    }
  }

  private Backups backups(Place place, Opened opened) {
    var database = place.config().map(this::database).orElseGet(DatabaseConfig::embedded);
    return new Backups(database, place.data(), Clock.systemUTC(), opened::add);
  }

  /// Of the configuration only this: a backup is not kept waiting by a mistake in a rule.
  private DatabaseConfig database(Path config) {
    var configuration = Configuration.load(config, environment);
    var database = DatabaseConfig.read(configuration.root());
    configuration.finish();
    return database;
  }

  private Settings settings(Path config) {
    return SettingsReader.read(Configuration.load(config, environment));
  }

  @Override
  public Problem explain(Exception failure) {
    if (failure instanceof InterruptedException) {
      return new Problem(Code.INTERNAL, "interrupted", Map.of(), "run it again; nothing is lost");
    }
    LoggerFactory.getLogger(Main.class).atError().setCause(failure).log("unexpected failure");
    return DatabaseProblems.of(failure);
  }
}
