package dev.tenure.view;

import dev.tenure.deliver.ChangeJson;
import dev.tenure.deliver.PlannedChange;
import dev.tenure.flow.Explanation;
import dev.tenure.plan.Change.Reason;
import dev.tenure.plan.Reasons;
import dev.tenure.policy.Standing;
import dev.tenure.problem.Problem;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// An explanation for programs; its shape is in `docs/explain.md`.
public final class ExplanationJson {
  private ExplanationJson() {}

  public static ObjectNode of(Explanation explanation) {
    var answer = JsonNodeFactory.instance.objectNode();
    answer.put("flow", explanation.flow().value()).put("person", explanation.person().value());
    answer.put("at", explanation.at().toString());
    source(explanation, answer.putObject("source"));
    rules(explanation, answer.putObject("rules"));
    explanation.account().ifPresent(id -> answer.put("account", id.value()));
    var changes = answer.putArray("changes");
    explanation.changes().forEach(change -> change(change, changes.addObject()));
    problems(explanation.findings(), answer.putArray("findings"));
    explanation.next().ifPresent(at -> answer.put("next", at.toString()));
    return answer;
  }

  private static void source(Explanation explanation, ObjectNode source) {
    var known = explanation.known();
    source.put("since", known.changedAt().toString());
    known.goneAt().ifPresent(at -> source.put("goneAt", at.toString()));
    source.put("disabled", known.person().disabled());
    var attributes = source.putObject("attributes");
    explanation.shown().forEach(attributes::put);
    var groups = source.putObject("groups");
    known.person().groups().forEach((name, path) -> path.forEach(groups.putArray(name)::add));
  }

  private static void rules(Explanation explanation, ObjectNode rules) {
    switch (explanation.decision().standing()) {
      case Standing.InScope(var desired) -> {
        rules.put("scope", "in").put("why", desired.scope());
        var attributes = rules.putArray("attributes");
        for (var reason : Reasons.wanted(desired)) {
          var inputs = explanation.inputs().getOrDefault(reason.attribute(), "");
          reason(reason, attributes.addObject()).put("inputs", inputs);
        }
      }
      case Standing.Left(_, var event, var why, _) -> {
        rules.put("scope", "out").put("why", why).put("event", word(event));
        var ways = rules.putArray("ways");
        explanation.ways().forEach(ways::add);
      }
      case Standing.Unclear(_, var problems) -> {
        rules.put("scope", "unclear");
        problems(problems, rules.putArray("problems"));
      }
      case Standing.Protected(_, var why) -> rules.put("scope", "protected").put("why", why);
    }
  }

  private static void change(PlannedChange planned, ObjectNode node) {
    var stored = planned.change();
    node.put("plan", planned.plan().value()).put("madeAt", planned.madeAt().toString());
    node.put("lane", word(stored.change().lane())).put("state", stored.state().wire());
    node.put("attempts", stored.attempts());
    stored.settledAt().ifPresent(at -> node.put("settledAt", at.toString()));
    stored.reference().ifPresent(reference -> node.put("reference", reference));
    stored.problem().ifPresent(problem -> node.set("problem", ChangeJson.problem(problem)));
    var reasons = node.putArray("reasons");
    stored.change().reasons().forEach(reason -> reason(reason, reasons.addObject()));
  }

  private static ObjectNode reason(Reason reason, ObjectNode node) {
    return node.put("attribute", reason.attribute())
        .put("before", reason.before())
        .put("after", reason.after())
        .put("because", reason.because());
  }

  private static void problems(List<Problem> problems, ArrayNode into) {
    problems.forEach(problem -> into.add(ProblemJson.of(problem)));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
