package dev.tenure.cli;

import dev.tenure.deliver.PlannedChange;
import dev.tenure.flow.Explanation;
import dev.tenure.plan.Change.Reason;
import dev.tenure.plan.Reasons;
import dev.tenure.policy.Standing;
import dev.tenure.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// An explanation as people read it: the way from the source to the target, station by station.
final class ExplainView {
  private final Explanation explanation;
  private final List<String> lines = new ArrayList<>();

  private ExplainView(Explanation explanation) {
    this.explanation = explanation;
  }

  static String text(Explanation explanation) {
    var view = new ExplainView(explanation);
    view.source();
    view.rules();
    view.account();
    view.changes();
    view.rest();
    return String.join("\n", view.lines) + "\n";
  }

  private void source() {
    var known = explanation.known();
    lines.add(
        "%s in flow %s, as of %s"
            .formatted(explanation.person(), explanation.flow(), explanation.at()));
    var gone = known.goneAt().map(at -> ", gone since " + at).orElse("");
    var disabled = known.person().disabled() ? ", disabled" : "";
    lines.add("source: so since " + known.changedAt() + disabled + gone);
    explanation.shown().forEach((name, value) -> lines.add("  " + name + ": '" + value + "'"));
    known
        .person()
        .groups()
        .forEach((name, path) -> lines.add("  group " + String.join(" > ", path.reversed())));
  }

  private void rules() {
    switch (explanation.decision().standing()) {
      case Standing.InScope(var desired) -> {
        lines.add("scope: in, " + desired.scope());
        lines.add("account as the rules want it:");
        Reasons.wanted(desired).forEach(reason -> lines.add("  " + rule(reason)));
      }
      case Standing.Left(_, var event, var why, _) -> {
        lines.add("scope: out, " + why + " (" + word(event) + ")");
        explanation.ways().forEach(way -> lines.add("  would be in: " + way));
      }
      case Standing.Unclear(_, var problems) -> {
        lines.add("scope: unclear, nothing of theirs is touched");
        problems.forEach(this::problem);
      }
      case Standing.Protected(_, var why) -> lines.add("scope: protected, " + why);
    }
  }

  private String rule(Reason reason) {
    var inputs = explanation.inputs().getOrDefault(reason.attribute(), "");
    return "%s: '%s'   ← %s%s"
        .formatted(
            reason.attribute(),
            reason.after(),
            reason.because(),
            inputs.isEmpty() ? "" : "   with " + inputs);
  }

  private void account() {
    lines.add("account: " + explanation.account().map(id -> id.value()).orElse("none is theirs"));
  }

  private void changes() {
    if (explanation.changes().isEmpty()) lines.add("changes: none was planned");
    else lines.add("changes, newest first:");
    explanation.changes().forEach(this::change);
  }

  private void change(PlannedChange planned) {
    var stored = planned.change();
    var settled = stored.settledAt().map(at -> " at " + at).orElse("");
    var answer = stored.reference().map(r -> ", the target calls it " + r).orElse("");
    lines.add(
        "  plan %s of %s: %s, %s%s after %d %s%s"
            .formatted(
                planned.plan(),
                planned.madeAt(),
                word(stored.change().lane()),
                stored.state().wire(),
                settled,
                stored.attempts(),
                stored.attempts() == 1 ? "try" : "tries",
                answer));
    stored.change().reasons().stream()
        .map(r ->
            r.attribute().isEmpty()
                ? r.because()
                : r.attribute() + ": '" + r.before() + "' → '" + r.after() + "'   ← " + r.because())
        .forEach(words -> lines.add("      " + words));
    stored.problem().ifPresent(this::problem);
  }

  private void rest() {
    if (!explanation.findings().isEmpty()) lines.add("findings of the last cycle:");
    explanation.findings().forEach(this::problem);
    lines.add(
        "next look: "
            + explanation
                .next()
                .map(Object::toString)
                .orElse("when the flow is planned or served"));
  }

  private void problem(Problem problem) {
    lines.add("  ! " + problem.line());
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
