package dev.tenure.cli;

import dev.tenure.deliver.Choice;
import dev.tenure.plan.Lane;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/// The options that choose changes of a plan; all that are given must fit.
final class ChoiceOptions {
  private static final String CLUSTER = "--cluster";
  private static final String LANE = "--lane";
  private static final String DEPARTMENT = "--department";
  private static final String BECAUSE = "--because";
  private static final String WHO = "--who";

  private ChoiceOptions() {}

  static void declare(CommandSpec spec) {
    Commands.option(spec, CLUSTER, "NAME", "Only this cluster, as the plan names it.");
    Commands.option(spec, LANE, "LANE", "Only this lane: " + lanes() + ".");
    Commands.option(
        spec, DEPARTMENT, "NAME", "Only people of this department, as the source writes it.");
    Commands.option(spec, BECAUSE, "TEXT", "Only changes with this reason, as the plan says it.");
    Commands.option(spec, WHO, "TEXT", "Only people with this in their name or key.");
  }

  /// Throws USAGE for a lane that there is not.
  static Choice of(Call call) {
    var lane =
        call.optional(LANE)
            .map(word ->
                Lane.of(word).orElseThrow(() -> call.usage(LANE + " is one of " + lanes())));
    return new Choice(
        lane,
        call.optional(CLUSTER),
        call.optional(BECAUSE),
        call.optional(DEPARTMENT),
        call.optional(WHO));
  }

  private static String lanes() {
    return Arrays.stream(Lane.values()).map(Lane::wire).collect(Collectors.joining(", "));
  }
}
