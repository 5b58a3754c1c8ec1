package dev.tenure.cli;

import dev.tenure.deliver.DeliveryReport;
import dev.tenure.deliver.PlanNumber;
import dev.tenure.deliver.PlanState;
import dev.tenure.deliver.Progress;
import dev.tenure.deliver.StoredPlan;
import dev.tenure.flow.Flow;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.view.CycleJson;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;

/// Sends exactly the changes of a plan, with a progress bar.
public final class ApplyCommand implements Command {
  private static final String PLAN = "--plan";
  private static final Set<PlanState> ENDED = EnumSet.of(PlanState.APPLIED, PlanState.SUPERSEDED);

  @Override
  public String name() {
    return "apply";
  }

  @Override
  public String summary() {
    return "Sends exactly the changes of a flow's newest plan.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Commands.flow(spec);
    Commands.option(spec, PLAN, "N", "The number of the plan; the newest one by default.");
  }

  @Override
  public int run(Call call) throws InterruptedException {
    try (var workplace = call.open()) {
      var flow = workplace.flow(call.flow());
      if (call.optional(PLAN).isPresent()) {
        return send(call, workplace, flow, number(call.count(PLAN), call));
      }
      var newest = newest(workplace, flow);
      return ENDED.contains(newest.state())
          ? nothing(call, newest)
          : send(call, workplace, flow, newest.number());
    }
  }

  private static int send(Call call, Workplace workplace, Flow flow, PlanNumber number)
      throws InterruptedException {
    DeliveryReport report;
    try (var line = new ProgressLine(call.terminal(), "apply", System::nanoTime)) {
      report = workplace.cycle().apply(flow, number, progress(line));
    }
    var out = call.terminal().out();
    out.println(call.json() ? Faces.json(CycleJson.of(report)) : text(report));
    return exit(report);
  }

  /// A script that plans and applies again and again is done where nothing had to be changed.
  private static int nothing(Call call, StoredPlan newest) {
    var report = new DeliveryReport(newest, List.of(), Duration.ZERO);
    call.terminal()
        .out()
        .println(
            call.json()
                ? Faces.json(CycleJson.of(report))
                : "nothing to apply: plan %s of flow %s is %s"
                    .formatted(newest.number(), newest.flow(), newest.state().wire()));
    return 0;
  }

  /// Shows the delivery on a line of progress.
  public static Progress progress(ProgressLine line) {
    return state -> {
      long ended = state.done() + state.failed();
      line.show(new ProgressLine.Step(state.total(), ended, state.failed(), state.remaining()));
    };
  }

  /// The newest plan. Throws `PLAN_UNKNOWN` where there is none.
  static StoredPlan newest(Workplace workplace, Flow flow) {
    return workplace.plans().list(flow.id(), 1).stream()
        .findFirst()
        .orElseThrow(() ->
            new Problem(
                    Code.PLAN_UNKNOWN,
                    "the flow has no plan yet, or there was nothing to change",
                    Map.of("flow", flow.id().value()),
                    "make one: tenure plan " + flow.id())
                .found());
  }

  static PlanNumber number(int number, Call call) {
    if (number < 1) throw call.usage("plans are counted from 1");
    return new PlanNumber(number);
  }

  /// `plan 3 of flow people: 652 done, 1 refused, in 3.20 s`, then the problems.
  public static String text(DeliveryReport report) {
    var text = new StringBuilder();
    text.append("plan ").append(report.plan().number());
    text.append(" of flow ").append(report.plan().flow()).append(": ");
    text.append(report.done()).append(" done");
    count(text, report.stale(), " stale (plan again)");
    count(text, report.refused(), " refused");
    count(text, report.dead(), " given up");
    count(text, report.superseded(), " superseded");
    count(text, report.remaining(), " waiting");
    count(text, report.held(), " held by the guard");
    text.append(", in %.2f s".formatted(report.took().toMillis() / 1000.0));
    report.problems().forEach(p -> text.append("\n  ! ").append(p.line()));
    return text.toString();
  }

  private static void count(StringBuilder text, long count, String what) {
    if (count > 0) text.append(", ").append(count).append(what);
  }

  /// 1 where something was not done, 3 where only the guard holds something back, else 0.
  static int exit(DeliveryReport report) {
    if (report.stale() + report.refused() + report.dead() + report.remaining() > 0) return 1;
    return report.held() > 0 ? Code.GUARD_HELD.exit() : 0;
  }
}
