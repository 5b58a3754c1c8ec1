package dev.tenure.view;

import dev.tenure.deliver.DeliveryReport;
import dev.tenure.flow.CycleReport;
import dev.tenure.plan.Plan;
import dev.tenure.plan.PlanJson;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Plans and deliveries as JSON.
public final class CycleJson {
  private static final int FINDINGS_MAX = 100;

  private CycleJson() {}

  /// With all changes.
  public static ObjectNode of(CycleReport report) {
    var answer = head(report);
    plan(answer, report.plan());
    seconds(answer, report);
    return answer;
  }

  /// Without the changes, which are listed by the plan's number: how many there are, how many of
  /// them are held, and at most 100 findings of so many.
  public static ObjectNode brief(CycleReport report) {
    var answer = head(report);
    var plan = report.plan();
    answer.put("changes", plan.changes().size());
    answer.put("held", plan.changes().stream().filter(c -> c.held()).count());
    answer.put("found", plan.findings().size());
    var findings = answer.putArray("findings");
    plan.findings().stream().limit(FINDINGS_MAX).forEach(f -> findings.add(ProblemJson.of(f)));
    seconds(answer, report);
    return answer;
  }

  private static ObjectNode head(CycleReport report) {
    var answer = JsonNodeFactory.instance.objectNode().put("flow", report.flow().value());
    report.number().ifPresent(n -> answer.put("number", n.value()));
    answer.put("complete", report.counts().complete());
    answer.put("people", report.counts().read()).put("inScope", report.counts().inScope());
    return answer.put("accounts", report.plan().population().accounts());
  }

  private static void seconds(ObjectNode answer, CycleReport report) {
    var steps = answer.putObject("seconds");
    report.steps().forEach((step, took) -> steps.put(step, took.toMillis() / 1000.0));
  }

  private static void plan(ObjectNode answer, Plan plan) {
    var changes = answer.putArray("changes");
    plan.changes().forEach(c -> changes.add(PlanJson.shown(c)));
    answer.put("requests", plan.changes().stream().filter(c -> !c.held()).count());
    var findings = answer.putArray("findings");
    plan.findings().forEach(f -> findings.add(ProblemJson.of(f)));
    answer.set("waiting", PlanJson.waiting(plan.waiting()));
  }

  public static ObjectNode of(DeliveryReport report) {
    var answer = JsonNodeFactory.instance.objectNode();
    answer.put("flow", report.plan().flow().value()).put("number", report.plan().number().value());
    answer.put("state", report.plan().state().wire());
    answer.put("done", report.done()).put("stale", report.stale());
    answer.put("refused", report.refused()).put("dead", report.dead());
    answer.put("held", report.held()).put("remaining", report.remaining());
    answer.put("seconds", report.took().toMillis() / 1000.0);
    var problems = answer.putArray("problems");
    report.problems().forEach(p -> problems.add(ProblemJson.of(p)));
    return answer;
  }
}
