package dev.tenure.cli;

import dev.tenure.cli.Faces.Column;
import dev.tenure.flow.TargetCheck;
import dev.tenure.policy.LeaverStep;
import dev.tenure.policy.LeaverTable;
import dev.tenure.policy.Standing.LeaverEvent;
import dev.tenure.policy.TargetGroups;
import dev.tenure.policy.TestOutcome;
import dev.tenure.policy.TestOutcome.Difference;
import dev.tenure.problem.Code;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads the configuration and says everything that is wrong with it; runs the tests in it, and
/// shows what happens to leavers. With `--online` it asks the targets what they keep.
final class CheckCommand implements Command {
  private static final String ONLINE = "--online";

  @Override
  public String name() {
    return "check";
  }

  @Override
  public String summary() {
    return "Checks the configuration: every mistake with its place and remedy, its tests, and what"
        + " happens to leavers.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Commands.flag(
        spec, ONLINE, "Ask each target, too, whether it keeps the attributes that are mapped.");
  }

  /// 1 where a test of the configuration fails, or a target does not keep an attribute.
  @Override
  public int run(Call call) {
    var checks = call.installation().check(call.config());
    var targets = call.flag(ONLINE) ? asked(call) : List.<TargetCheck>of();
    var out = call.terminal().out();
    if (call.json()) {
      out.println(json(call.config(), checks, targets));
    } else {
      out.print(text(call.config(), checks));
      targets.forEach(t -> out.print(lines(t)));
    }
    boolean passed = checks.stream().flatMap(c -> c.tests().stream()).allMatch(TestOutcome::passed);
    if (!passed) return Code.MAP_TEST_FAILED.exit();
    var kept = targets.stream().allMatch(t -> t.problems().isEmpty());
    return kept ? 0 : Code.TARGET_ATTRIBUTE.exit();
  }

  private static List<TargetCheck> asked(Call call) {
    try (var workplace = call.open()) {
      return workplace.flows().stream().map(TargetCheck::of).toList();
    }
  }

  private static String lines(TargetCheck check) {
    if (!check.isSaid()) {
      return "flow %s: nothing is known of what the target keeps\n".formatted(check.flow());
    }
    var text = new StringBuilder();
    check.problems().forEach(p -> text.append(p.line()).append('\n'));
    var kept = check.attributes() - check.problems().size();
    return text.append(
            "flow %s: the target keeps %d of %d attributes\n"
                .formatted(check.flow(), kept, check.attributes()))
        .toString();
  }

  private static String text(Path config, List<FlowCheck> checks) {
    var text = new StringBuilder(config + ": no mistakes\n");
    for (var check : checks) {
      text.append('\n').append("flow ").append(check.flow()).append(": leavers\n");
      text.append(leavers(check.leaver()));
      check.groups().ifPresent(groups -> text.append(groups(check, groups)));
      if (!check.tests().isEmpty()) text.append(tests(check));
    }
    return text.toString();
  }

  private static String leavers(LeaverTable table) {
    return Faces.table(
        Arrays.asList(LeaverEvent.values()),
        List.of(
            new Column<>("event", LeaverTable::key),
            new Column<>(
                "steps",
                event ->
                    table.of(event).stream()
                        .map(LeaverStep::words)
                        .collect(Collectors.joining(" → ")))));
  }

  /// `flow people: manages the groups Sales, Support; a missing one is a finding`.
  private static String groups(FlowCheck check, TargetGroups groups) {
    var missing =
        switch (groups.missing()) {
          case FINDING -> "a finding";
          case CREATE -> "made";
        };
    var names = String.join(", ", groups.manage());
    return "flow %s: manages the groups %s; a missing one is %s\n"
        .formatted(check.flow(), names, missing);
  }

  /// The tests that failed with expected and actual, and how many passed.
  private static String tests(FlowCheck check) {
    var failed = check.tests().stream().filter(t -> !t.passed()).toList();
    var text = new StringBuilder();
    for (var test : failed) {
      text.append(
          "FAILED '%s' of flow %s (%s)\n".formatted(test.name(), check.flow(), test.place()));
      test.differences().forEach(d -> text.append(lines(d)));
    }
    int passed = check.tests().size() - failed.size();
    text.append(
        "flow %s: %d of %d tests passed\n".formatted(check.flow(), passed, check.tests().size()));
    return text.toString();
  }

  private static String lines(Difference difference) {
    var name = difference.attribute().isEmpty() ? "the person" : difference.attribute();
    var rule = difference.rule().isEmpty() ? "" : "   ← " + difference.rule();
    return "    "
        + name
        + ":\n"
        + "      expected "
        + difference.expected()
        + "\n"
        + "      actual   "
        + difference.actual()
        + rule
        + "\n";
  }

  private static String json(Path config, List<FlowCheck> checks, List<TargetCheck> targets) {
    var answer = JsonNodeFactory.instance.objectNode();
    answer.put("config", config.toString()).putArray("problems");
    var flows = answer.putArray("flows");
    for (var check : checks) {
      var flow = flows.addObject().put("flow", check.flow().value());
      leavers(flow.putObject("leaver"), check.leaver());
      check.groups().ifPresent(g -> g.manage().forEach(flow.putArray("groups")::add));
      tests(flow.putArray("tests"), check.tests());
      targets.stream()
          .filter(t -> t.flow().equals(check.flow()))
          .forEach(t -> target(flow.putObject("target"), t));
    }
    return Faces.json(answer);
  }

  private static void target(ObjectNode node, TargetCheck check) {
    var problems = node.put("says", check.isSaid()).putArray("problems");
    check.problems().forEach(p -> problems.add(Problems.json(p)));
  }

  private static void leavers(ObjectNode node, LeaverTable table) {
    for (var event : LeaverEvent.values()) {
      var steps = node.putArray(LeaverTable.key(event));
      for (var step : table.of(event)) {
        steps.addObject().put("step", step.kind().word()).put("after", step.after().toString());
      }
    }
  }

  private static void tests(ArrayNode node, List<TestOutcome> tests) {
    for (var test : tests) {
      var one = node.addObject().put("name", test.name()).put("at", test.place());
      one.put("passed", test.passed());
      var differences = one.putArray("differences");
      for (var difference : test.differences()) {
        differences
            .addObject()
            .put("attribute", difference.attribute())
            .put("expected", difference.expected())
            .put("actual", difference.actual())
            .put("rule", difference.rule());
      }
    }
  }
}
