package dev.tenure.cli;

import dev.tenure.deliver.DeliveryReport;
import dev.tenure.flow.CycleReport;
import dev.tenure.flow.PersonPlanner;
import dev.tenure.plan.Plan;
import dev.tenure.plan.PlanJson;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Plans and deliveries as JSON.
final class PlanJsonView {
  private PlanJsonView() {}

  static ObjectNode of(CycleReport report) {
    var answer = JsonNodeFactory.instance.objectNode().put("flow", report.flow().value());
    report.number().ifPresent(n -> answer.put("number", n.value()));
    answer.put("complete", report.counts().complete());
    answer.put("people", report.counts().read()).put("inScope", report.counts().inScope());
    answer.put("accounts", report.plan().population().accounts());
    plan(answer, report.plan());
    var steps = answer.putObject("seconds");
    report.steps().forEach((step, took) -> steps.put(step, took.toMillis() / 1000.0));
    return answer;
  }

  static ObjectNode of(PersonPlanner.Planned planned) {
    var answer = of(planned.report());
    var later = answer.putArray("memberships");
    planned.memberships().forEach(c -> later.add(PlanJson.shown(c)));
    return answer;
  }

  private static void plan(ObjectNode answer, Plan plan) {
    var changes = answer.putArray("changes");
    plan.changes().forEach(c -> changes.add(PlanJson.shown(c)));
    answer.put("requests", plan.changes().stream().filter(c -> !c.held()).count());
    var findings = answer.putArray("findings");
    plan.findings().forEach(f -> findings.add(Problems.json(f)));
    answer.set("waiting", PlanJson.waiting(plan.waiting()));
  }

  static ObjectNode of(DeliveryReport report) {
    var answer = JsonNodeFactory.instance.objectNode();
    answer.put("flow", report.plan().flow().value()).put("number", report.plan().number().value());
    answer.put("state", report.plan().state().wire());
    answer.put("done", report.done()).put("stale", report.stale());
    answer.put("refused", report.refused()).put("dead", report.dead());
    answer.put("held", report.held()).put("remaining", report.remaining());
    answer.put("seconds", report.took().toMillis() / 1000.0);
    var problems = answer.putArray("problems");
    report.problems().forEach(p -> problems.add(Problems.json(p)));
    return answer;
  }
}
