package dev.tenure.cli;

import dev.tenure.deliver.Plans.Draft;
import dev.tenure.flow.CycleReport;
import dev.tenure.flow.Flow;
import dev.tenure.plan.World;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.reconcile.Choice;
import dev.tenure.reconcile.ConflictJson;
import dev.tenure.reconcile.ConflictKind;
import dev.tenure.reconcile.ConflictSheet;
import dev.tenure.reconcile.Decision;
import dev.tenure.reconcile.Reconciler;
import dev.tenure.view.CycleJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/// Shows what stands in a flow's way, and makes a plan of what was decided.
final class ReconcileCommand implements Command {
  private static final String KIND = "--kind";
  private static final String FILE = "--file";
  private static final String ACCEPT = "--accept";
  private static final String CONFIDENCE = "--min-confidence";
  private static final String APPLY = "--apply";

  @Override
  public String name() {
    return "reconcile";
  }

  @Override
  public List<String> outputs() {
    return List.of("table", "json", "csv");
  }

  @Override
  public String summary() {
    return "Finds accounts that are in the way, nobody's, or cost a seat for nothing.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Commands.flow(spec);
    Commands.options(spec, KIND, "KIND", "Only conflicts of this kind; may be repeated.");
    Commands.option(spec, FILE, "FILE", "Decisions: the CSV or JSON export, edited.");
    Commands.options(spec, ACCEPT, "KIND", "Accept the proposals of this kind; may be repeated.");
    Commands.option(spec, CONFIDENCE, "0..1", "Accept no proposal that is less sure.");
    Commands.flag(spec, APPLY, "Make a plan of what was accepted; then apply it like any other.");
  }

  @Override
  public int run(Call call) throws InterruptedException {
    var kinds = kinds(call, KIND);
    var accepted = kinds(call, ACCEPT);
    try (var workplace = call.open()) {
      var flow = workplace.flow(call.flow());
      var choice = new Choice(file(call), accepted, confidence(call, flow));
      return call.flag(APPLY)
          ? apply(call, workplace, flow, choice)
          : show(call, workplace, flow, kinds);
    }
  }

  private static int show(Call call, Workplace workplace, Flow flow, Set<ConflictKind> kinds)
      throws InterruptedException {
    var conflicts =
        workplace
            .cycle()
            .look(flow, world -> Reconciler.conflicts(flow.planner().survey(world)))
            .stream()
            .filter(c -> kinds.isEmpty() || kinds.contains(c.kind()))
            .toList();
    var out = call.terminal().out();
    if (call.text("--output").equals("csv")) {
      out.print(ConflictSheet.write(conflicts));
    } else if (call.json()) {
      out.println(Faces.json(ConflictJson.write(conflicts).put("flow", flow.id().value())));
    } else {
      out.print(ConflictView.text(conflicts, flow.id()));
    }
    return 0;
  }

  private static int apply(Call call, Workplace workplace, Flow flow, Choice choice)
      throws InterruptedException {
    var report = workplace.cycle().propose(flow, world -> draft(flow, choice, world));
    var out = call.terminal().out();
    out.print(call.json() ? Faces.json(CycleJson.of(report)) + "\n" : text(report));
    return PlanCommand.exit(report);
  }

  private static Draft draft(Flow flow, Choice choice, World world) {
    var least = flow.config().reconcile().confidence();
    return new Draft(choice.plan(flow.planner(), world, least), Optional.empty());
  }

  static String text(CycleReport report) {
    var number = report.number().map(Object::toString);
    var title = number.map(n -> "plan " + n).orElse("plan") + " of flow " + report.flow();
    var next =
        number.map(n -> "next: tenure apply %s --plan %s\n".formatted(report.flow(), n)).orElse("");
    return PlanView.text(report.plan(), title, PlanView.Most.WHOLE) + next;
  }

  private static Set<ConflictKind> kinds(Call call, String option) {
    var kinds = EnumSet.noneOf(ConflictKind.class);
    for (var name : call.texts(option)) {
      kinds.add(
          Arrays.stream(ConflictKind.values())
              .filter(k -> k.wire().equals(name))
              .findFirst()
              .orElseThrow(() -> call.usage(option + " is one of " + names())));
    }
    return kinds;
  }

  private static String names() {
    return Arrays.stream(ConflictKind.values())
        .map(ConflictKind::wire)
        .collect(Collectors.joining(", "));
  }

  /// Never below what the flow's configuration demands.
  private static Optional<Double> confidence(Call call, Flow flow) {
    if (call.optional(CONFIDENCE).isEmpty()) return Optional.empty();
    var least = flow.config().reconcile().confidence();
    double wanted = call.parsed(CONFIDENCE, Double::parseDouble);
    if (wanted >= least && wanted <= 1) return Optional.of(wanted);
    throw call.usage(
        CONFIDENCE + " is between " + least + " (reconcile.confidence of the flow) and 1");
  }

  private static List<Decision> file(Call call) {
    if (call.optional(FILE).isEmpty()) return List.of();
    var file = Path.of(call.text(FILE));
    try {
      var text = Files.readString(file);
      return text.stripLeading().startsWith("{")
          ? ConflictJson.read(text)
          : ConflictSheet.read(text);
    } catch (IOException e) {
      throw new Problem(
              Code.USAGE,
              "the decisions cannot be read: " + e.getMessage(),
              Map.of("file", file.toString()),
              "check the path; the file is UTF-8")
          .found();
    }
  }
}
