package dev.tenure.cli;

import dev.tenure.cli.Faces.Column;
import dev.tenure.licence.Evidence;
import dev.tenure.licence.Home;
import dev.tenure.licence.Ledger;
import dev.tenure.licence.Ledger.Line;
import dev.tenure.licence.Reclaim;
import dev.tenure.view.CycleJson;
import dev.tenure.view.LicenceJson;
import dev.tenure.view.ReclaimableJson;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// Shows what licences are used, needed soon and could be had back.
final class LicencesCommand implements Command {
  private static final String NAME = "NAME";
  private static final String RECLAIMABLE = "--reclaimable";
  private static final String RECLAIM = "--reclaim";
  private static final String EVIDENCE = "--evidence";
  private static final String ACCOUNT = "--account";

  @Override
  public String name() {
    return "licences";
  }

  @Override
  public String summary() {
    return "Shows licences: used, reserved, free, reclaimable, the cost, and when a pool runs dry.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Commands.optionalParameter(spec, NAME, "Only those of this organization or target elsewhere.");
    Commands.flag(spec, RECLAIMABLE, "List the accounts whose seats could be had back, and why.");
    Commands.flag(spec, RECLAIM, "Make a plan that frees these seats; apply it like any other.");
    Commands.option(spec, EVIDENCE, "KIND", "With --reclaim: only locked, orphaned or idle ones.");
    Commands.options(spec, ACCOUNT, "NAME", "With --reclaim: only this one; may be repeated.");
  }

  @Override
  public int run(Call call) throws InterruptedException {
    var evidence = call.choice(EVIDENCE, Evidence.class);
    boolean reclaims = call.flag(RECLAIM);
    if (reclaims && call.optional(NAME).isEmpty()) {
      throw call.usage("name the organization or target whose seats are to be had back");
    }
    try (var workplace = call.open()) {
      if (reclaims) return reclaim(call, workplace, evidence);
      var ledgers = ledgers(call, workplace);
      var out = call.terminal().out();
      if (call.flag(RECLAIMABLE)) {
        var seats = ReclaimableJson.seats(workplace.ledgers(), ledgers);
        out.print(
            call.json() ? Faces.json(ReclaimableJson.of(seats)) + "\n" : SeatsView.table(seats));
      } else {
        out.print(call.json() ? Faces.json(LicenceJson.of(ledgers)) + "\n" : table(ledgers));
      }
      return 0;
    }
  }

  private static List<Ledger> ledgers(Call call, Workplace workplace) {
    if (call.optional(NAME).isEmpty()) return workplace.ledgers().all();
    return homes(call, workplace).stream().map(workplace.ledgers()::of).toList();
  }

  private static List<Home> homes(Call call, Workplace workplace) {
    var name = call.text(NAME);
    var homes = workplace.ledgers().named(name);
    if (!homes.isEmpty()) return homes;
    throw call.usage("there is no organization '" + name + "', nor a target with licences");
  }

  private static int reclaim(Call call, Workplace workplace, Optional<Evidence> evidence)
      throws InterruptedException {
    var homes = homes(call, workplace);
    if (homes.size() > 1) {
      throw call.usage("an organization and a target are both called so; rename the target");
    }
    var home = homes.getFirst();
    var flow =
        workplace.ledgers().leading(home).stream()
            .findFirst()
            .orElseThrow(() -> call.usage("no flow leads to '" + home.name() + "'"));
    var names = call.texts(ACCOUNT);
    var chosen =
        workplace.ledgers().reclaimable(home).stream()
            .filter(r -> evidence.isEmpty() || evidence.get() == r.evidence())
            .filter(r -> names.isEmpty() || names.contains(r.name()))
            .toList();
    var report = new Reclaim(workplace.cycle()).plan(flow, chosen);
    call.terminal()
        .out()
        .print(
            call.json() ? Faces.json(CycleJson.of(report)) + "\n" : ReconcileCommand.text(report));
    return PlanCommand.exit(report);
  }

  private record Row(Ledger ledger, Line line) {}

  private static String table(List<Ledger> ledgers) {
    var rows =
        ledgers.stream().flatMap(l -> l.lines().stream().map(line -> new Row(l, line))).toList();
    if (rows.isEmpty()) {
      return "no licence pools; 'tenure org licence ORGANIZATION SKU --seats N' makes one\n";
    }
    var table =
        Faces.table(
            rows,
            List.of(
                new Column<>("where", r -> r.ledger().home().name()),
                new Column<>("licence", r -> r.line().pool().sku()),
                new Column<>("seats", r -> r.line().pool().seats()),
                new Column<>("assigned", r -> r.line().pool().used()),
                new Column<>("reserved", r -> r.line().reserved()),
                new Column<>("free", r -> r.line().free()),
                new Column<>("reclaimable", r -> r.line().reclaimable()),
                new Column<>("a month", r -> r.line().money(r.line().pool().used())),
                new Column<>("runs dry", r -> dry(r.line()))));
    return table + next(rows);
  }

  private static String dry(Line line) {
    var forecast = line.forecast();
    return forecast.dry().map(day -> day + ": " + forecast.words()).orElse(forecast.words());
  }

  private static String next(List<Row> rows) {
    boolean some = rows.stream().anyMatch(r -> r.line().reclaimable() > 0);
    return some ? "next: tenure licences --reclaimable\n" : "";
  }
}
