package dev.tenure.cli;

import dev.tenure.cli.administration.AdminCommands;
import dev.tenure.cli.administration.ClientCommands;
import dev.tenure.cli.administration.OrgCommands;
import dev.tenure.cli.bench.BenchCommand;
import dev.tenure.cli.quickstart.QuickstartCommand;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// All commands, and how their options and parameters are declared.
public final class Commands {
  private Commands() {}

  static List<Command> all() {
    return List.of(
        new QuickstartCommand(),
        new CheckCommand(),
        new ScopeCommand(),
        new ExplainCommand(),
        new SimulateCommand(),
        new PlanCommand(),
        new ApplyCommand(),
        new ApproveCommand(),
        new HoldCommand(),
        new ReconcileCommand(),
        new UndoCommand(),
        new PlansCommand(),
        new ShowCommand(),
        new DiffCommand(),
        new EvictCommand(),
        new ExcludeCommand(),
        new FailedCommand(),
        new RetryCommand(),
        new ReceiptsCommand(),
        new LicencesCommand(),
        new PauseCommand(),
        new ResumeCommand(),
        new ServeCommand(),
        new StatusCommand(),
        new NotifyCommand(),
        new AuditCommand(),
        new BackupCommand(),
        new RestoreCommand(),
        new CompletionCommand(),
        new DocsCommand(),
        new BenchCommand());
  }

  /// Those that are about one kind of thing.
  static List<CommandGroup> groups() {
    return List.of(OrgCommands.group(), ClientCommands.group(), AdminCommands.group());
  }

  /// Adds an option that is on or off.
  public static void flag(CommandSpec spec, String name, String description) {
    spec.addOption(OptionSpec.builder(name).arity("0").description(description).build());
  }

  /// Adds an option with a value.
  public static void option(CommandSpec spec, String name, String label, String description) {
    spec.addOption(
        OptionSpec.builder(name)
            .paramLabel(label)
            .type(String.class)
            .description(description)
            .build());
  }

  /// Adds an option that may be given several times.
  public static void options(CommandSpec spec, String name, String label, String description) {
    spec.addOption(
        OptionSpec.builder(name)
            .paramLabel(label)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .arity("1")
            .description(description)
            .build());
  }

  /// Adds a parameter that may be left out.
  public static void optionalParameter(CommandSpec spec, String label, String description) {
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel(label)
            .type(String.class)
            .index(next(spec))
            .arity("0..1")
            .description(description)
            .build());
  }

  /// Adds a parameter that must be there.
  public static void parameter(CommandSpec spec, String label, String description) {
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel(label)
            .type(String.class)
            .index(next(spec))
            .arity("1")
            .required(true)
            .description(description)
            .build());
  }

  /// The place of the parameter that is added next.
  private static String next(CommandSpec spec) {
    return Integer.toString(spec.positionalParameters().size());
  }

  /// The name of the flow that the command is about.
  static void flow(CommandSpec spec) {
    parameter(spec, "FLOW", "The flow's name in the configuration.");
  }
}
