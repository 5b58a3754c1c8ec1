package dev.tenure.cli;

import dev.tenure.id.Correlation;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import picocli.CommandLine;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// The command `tenure`: parses what was typed, runs the command, shows problems, gives the exit
/// code.
public final class CommandLineFace {
  private static final String USAGE_HINT = "see: tenure --help";
  private final Terminal terminal;
  private final Installation installation;

  public CommandLineFace(Terminal terminal, Installation installation) {
    this.terminal = terminal;
    this.installation = installation;
  }

  /// Runs what was typed; returns the exit code.
  public int run(String... args) {
    var commandLine = new CommandLine(root());
    try {
      return run(commandLine.parseArgs(args));
    } catch (ParameterException e) {
      return failed(
          List.of(new Problem(Code.USAGE, oneLine(e), Map.of(), USAGE_HINT)), typedJson(args));
    }
  }

  private int run(ParseResult parsed) {
    var typed = parsed;
    while (typed.hasSubcommand()) typed = typed.subcommand();
    return run(typed, typed.commandSpec());
  }

  private int run(ParseResult typed, CommandSpec spec) {
    if (typed.isVersionHelpRequested()) {
      terminal.out().println("tenure " + installation.version());
      return 0;
    }
    if (typed.isUsageHelpRequested() || !(spec.userObject() instanceof Command command)) {
      terminal.out().print(new CommandLine(spec).getUsageMessage());
      return typed.isUsageHelpRequested() ? 0 : 2;
    }
    var call = new Call(typed, terminal, installation);
    try {
      call.refuseOtherOutputs(command.outputs());
      var actor = "cli:" + System.getProperty("user.name");
      return new Correlation(actor, UUID.randomUUID().toString()).call(() -> command.run(call));
    } catch (Problem.Found e) {
      return failed(e.problems(), call.json());
    } catch (Exception e) {
      return failed(List.of(installation.explain(e)), call.json());
    }
  }

  private int failed(List<Problem> problems, boolean json) {
    Problems.show(problems, terminal, json);
    return Problems.exit(problems);
  }

  /// The model of all that can be typed.
  static CommandSpec root() {
    var root = CommandSpec.create().name("tenure").addOption(help()).addOption(version());
    root.usageMessage()
        .description("Gives people their accounts and takes them back.")
        .footer(
            "",
            "Start here: tenure quickstart",
            "Exit codes: 0 done, 1 failed, 2 usage or configuration, 3 a guard holds back.");
    for (var command : Commands.all()) {
      root.addSubcommand(command.name(), spec(command));
    }
    Commands.groups().forEach(group -> root.addSubcommand(group.name(), spec(group)));
    return root;
  }

  private static CommandSpec spec(CommandGroup group) {
    var spec = CommandSpec.create().name(group.name()).addOption(help());
    spec.usageMessage().description(group.summary());
    group.commands().forEach(command -> spec.addSubcommand(command.name(), spec(command)));
    return spec;
  }

  private static CommandSpec spec(Command command) {
    var spec = CommandSpec.wrapWithoutInspection(command).name(command.name());
    spec.usageMessage().description(command.summary());
    command.declare(spec);
    command.commands().forEach(below -> spec.addSubcommand(below.name(), spec(below)));
    spec.usageMessage().hidden(command.summary().isEmpty());
    return spec.addOption(help()).addOption(output(command)).addOption(data()).addOption(config());
  }

  private static OptionSpec help() {
    return OptionSpec.builder("-h", "--help").usageHelp(true).description("Show this.").build();
  }

  private static OptionSpec version() {
    return OptionSpec.builder("--version")
        .versionHelp(true)
        .description("Show the version.")
        .build();
  }

  private static OptionSpec output(Command command) {
    return OptionSpec.builder("--output")
        .paramLabel(String.join("|", command.outputs()))
        .type(String.class)
        .defaultValue("table")
        .completionCandidates(command.outputs())
        .description("How the answer is printed.")
        .showDefaultValue(Visibility.ALWAYS)
        .build();
  }

  private static OptionSpec data() {
    return OptionSpec.builder("--data")
        .paramLabel("DIR")
        .type(String.class)
        .defaultValue("./data")
        .description("The data directory.")
        .showDefaultValue(Visibility.ALWAYS)
        .build();
  }

  private static OptionSpec config() {
    return OptionSpec.builder("--config")
        .paramLabel("FILE")
        .type(String.class)
        .description("The configuration: ./tenure.yaml, else DIR/tenure.yaml.")
        .build();
  }

  private static boolean typedJson(String... args) {
    return String.join(" ", args).matches(".*--output[= ]json.*");
  }

  private static String oneLine(Exception e) {
    return String.valueOf(e.getMessage()).replaceAll("\\s+", " ").replaceAll("\\.$", "");
  }
}
