package dev.tenure.cli;

import dev.tenure.deliver.StoredChange;
import dev.tenure.deliver.StoredPlan;
import dev.tenure.flow.Flow;
import dev.tenure.plan.Plan;
import dev.tenure.plan.PlanTotals;
import dev.tenure.view.SeatEffect;
import dev.tenure.view.WholePlanJson;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// Shows a plan that was kept: every change with its reasons and what became of it, the totals, the
/// time it takes, and what it does to seats and their price.
final class ShowCommand implements Command {
  private static final String PLAN = "PLAN";
  private static final String RATE = "--rate";

  @Override
  public String name() {
    return "show";
  }

  @Override
  public String summary() {
    return "Shows a plan that was kept: changes, totals, time, seats and money.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Commands.flow(spec);
    Commands.parameter(spec, PLAN, "The plan's number.");
    Commands.option(spec, RATE, "N", "Requests that the target takes in a minute.");
  }

  @Override
  public int run(Call call) {
    try (var workplace = call.open()) {
      var flow = workplace.flow(call.flow());
      var stored = plan(call, workplace, flow, PLAN);
      var changes =
          workplace.plans().changes(flow.id(), stored.number(), flow.planner().userType());
      var sent = changes.stream().map(StoredChange::change).toList();
      var seats = SeatEffect.of(workplace.ledgers(), flow, sent);
      var shown = new Shown(stored, changes, PlanTotals.of(sent), rate(call), seats);
      call.terminal().out().print(call.json() ? json(shown) : text(shown));
      return 0;
    }
  }

  private record Shown(
      StoredPlan stored,
      List<StoredChange> changes,
      PlanTotals totals,
      Optional<Integer> rate,
      SeatEffect seats) {}

  /// The plan whose number was typed. Throws `PLAN_UNKNOWN`.
  static StoredPlan plan(Call call, Workplace workplace, Flow flow, String parameter) {
    return workplace.plans().get(flow.id(), ApplyCommand.number(call.count(parameter), call));
  }

  private static Optional<Integer> rate(Call call) {
    if (call.optional(RATE).isEmpty()) return Optional.empty();
    var rate = call.count(RATE);
    if (rate == 0) throw call.usage(RATE + " is at least 1");
    return Optional.of(rate);
  }

  private static String text(Shown shown) {
    var stored = shown.stored();
    var plan =
        new Plan(
            shown.changes().stream().map(StoredChange::change).toList(),
            List.of(),
            stored.findings(),
            stored.population());
    var title =
        "plan %s of flow %s (%s)".formatted(stored.number(), stored.flow(), stored.state().wire());
    var text = new StringBuilder(PlanView.text(plan, title, PlanView.Most.WHOLE));
    var totals = shown.totals();
    text.append(
        ("totals: %d created, %d reactivated, %d deactivated, %d deleted,"
                + " %d gain and %d lose a role, %d gain and %d lose a group, %d updated\n")
            .formatted(
                totals.created(),
                totals.reactivated(),
                totals.deactivated(),
                totals.deleted(),
                totals.roleGains(),
                totals.roleLosses(),
                totals.membershipGains(),
                totals.membershipLosses(),
                totals.updated()));
    text.append("requests: ").append(totals.requests());
    shown
        .rate()
        .ifPresent(
            r -> text.append(", about %d s at %d a minute".formatted(totals.at(r).toSeconds(), r)));
    return text.append('\n').append(shown.seats().text()).toString();
  }

  private static String json(Shown shown) {
    return Faces.json(
            WholePlanJson.of(shown.stored(), shown.changes(), shown.seats(), shown.rate()))
        + "\n";
  }
}
