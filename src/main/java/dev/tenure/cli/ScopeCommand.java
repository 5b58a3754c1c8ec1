package dev.tenure.cli;

import dev.tenure.cli.Faces.Column;
import dev.tenure.flow.Flow;
import dev.tenure.flow.Rulings;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.source.Source.ReadOutcome;
import dev.tenure.view.ScopeReport;
import dev.tenure.view.ScopeReport.Row;
import dev.tenure.view.ScopeReport.Side;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// Reads the source of a flow and says who is in, who is out, and why, grouped by reason. Reads no
/// account and writes nothing.
final class ScopeCommand implements Command {
  private static final String PERSON = "--person";
  private static final String IN = "--in";
  private static final String OUT = "--out";
  private static final String ALL = "--all";

  @Override
  public String name() {
    return "scope";
  }

  @Override
  public String summary() {
    return "Says who is in a flow's scope, who is out, and why. Nothing is sent.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Commands.flow(spec);
    Commands.option(spec, PERSON, "KEY", "Only this person.");
    Commands.flag(spec, IN, "Only who is in.");
    Commands.flag(spec, OUT, "Only who is out, protected or unclear.");
    Commands.flag(spec, ALL, "Name everybody, not only a few of each reason.");
  }

  /// 1 where the source gave no complete answer, or does not have the person.
  @Override
  public int run(Call call) {
    if (call.flag(IN) && call.flag(OUT)) throw call.usage("give --in or --out, not both");
    var person = call.optional(PERSON);
    var report =
        new ScopeReport(call.flag(ALL) || call.json() ? Integer.MAX_VALUE : ScopeReport.SHOWN);
    try (var workplace = call.open()) {
      var flow = workplace.flow(call.flow());
      var outcome = read(flow, workplace.cycle().rulings(flow), person, report);
      if (person.isPresent() && report.rows().isEmpty()) throw unknown(flow, person.get(), outcome);
      var rows = report.rows().stream().filter(r -> isWanted(call, r)).toList();
      var out = call.terminal().out();
      out.print(call.json() ? json(flow, rows, outcome) + "\n" : text(rows, report, outcome));
      return outcome instanceof ReadOutcome.Complete ? 0 : 1;
    }
  }

  private static ReadOutcome read(
      Flow flow, Rulings rulings, Optional<String> person, ScopeReport report) {
    var now = flow.clock().instant();
    return flow.source()
        .read(one -> {
          if (person.filter(p -> !p.equals(one.key().value())).isPresent()) return;
          report.add(rulings.of(one, now).standing());
        });
  }

  private static boolean isWanted(Call call, Row row) {
    if (call.flag(IN)) return row.side() == Side.IN;
    return !call.flag(OUT) || row.side() != Side.IN;
  }

  private static Problem.Found unknown(Flow flow, String person, ReadOutcome outcome) {
    if (outcome instanceof ReadOutcome.Incomplete(_, var reason, _)) return reason.found();
    return new Problem(
            Code.PERSON_UNKNOWN,
            "the source of flow '" + flow.id() + "' has nobody with the key '" + person + "'",
            java.util.Map.of("flow", flow.id().value(), "person", person),
            "give the key as the source has it; 'tenure scope FLOW --all' lists everybody")
        .found();
  }

  private static String text(List<Row> rows, ScopeReport report, ReadOutcome outcome) {
    var table =
        Faces.table(
            rows,
            List.of(
                new Column<>("", r -> r.side().word()),
                new Column<>("people", Row::count),
                new Column<>("why", Row::why),
                new Column<>("who", Row::shown)));
    var end =
        outcome instanceof ReadOutcome.Incomplete(_, var reason, _)
            ? "! the source was not read completely: " + reason.line() + "\n"
            : "";
    return table + report.sums() + "\n" + end;
  }

  private static String json(Flow flow, List<Row> rows, ReadOutcome outcome) {
    return Faces.json(ScopeReport.json(flow.id(), rows, outcome instanceof ReadOutcome.Complete));
  }
}
