package dev.tenure;

import dev.tenure.cli.FlowCheck;
import dev.tenure.cli.Installation;
import dev.tenure.cli.Workplace;
import dev.tenure.config.Configuration;
import dev.tenure.database.DatabaseProblems;
import dev.tenure.flow.Rules;
import dev.tenure.id.FlowId;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.nio.file.Path;
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
    var version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }

  @Override
  public Workplace open(Path config, Path data, String command) {
    return Tenure.open(settings(config), data, command);
  }

  @Override
  public Workplace serve(Path config, Path data, int port) {
    return Tenure.serve(settings(config), data, port).following(config, () -> settings(config));
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
