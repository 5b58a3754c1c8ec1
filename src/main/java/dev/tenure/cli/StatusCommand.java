package dev.tenure.cli;

import dev.tenure.cli.Faces.Column;
import dev.tenure.deliver.StoredPlan;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.Licences.PoolUse;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.node.JsonNodeFactory;

/// Flows with their newest plans, organizations with their seats.
public final class StatusCommand implements Command {
  private static final int PLANS = 5;

  /// The seats of one pool of one organization.
  private record Seats(OrganizationId organization, PoolUse pool) {}

  @Override
  public String name() {
    return "status";
  }

  @Override
  public String summary() {
    return "Shows flows with their newest plans, and organizations with their seats.";
  }

  @Override
  public void declare(CommandSpec spec) {}

  @Override
  public int run(Call call) {
    try (var workplace = call.open()) {
      var plans =
          workplace.flows().stream()
              .flatMap(f -> workplace.plans().list(f.id(), PLANS).stream())
              .toList();
      var seats =
          workplace.organizations().all().stream()
              .flatMap(o ->
                  workplace.organizations().licences().occupancy(o).stream()
                      .map(pool -> new Seats(o, pool)))
              .toList();
      call.terminal().out().println(call.json() ? json(plans, seats) : table(plans, seats));
      return 0;
    }
  }

  private static String table(List<StoredPlan> plans, List<Seats> seats) {
    return "plans\n"
        + Faces.table(
            plans,
            List.of(
                new Column<>("flow", StoredPlan::flow),
                new Column<>("plan", p -> p.number().value()),
                new Column<>("made", StoredPlan::madeAt),
                new Column<>("state", p -> p.state().wire()),
                new Column<>("changes", StoredPlan::size),
                new Column<>("findings", p -> p.findings().size())))
        + "\nseats\n"
        + seatTable(seats.stream().map(Seats::pool).toList());
  }

  /// The pools with what is used, what is free, and what the used seats cost a month.
  public static String seatTable(List<PoolUse> pools) {
    return Faces.table(
        pools,
        List.of(
            new Column<>("licence", PoolUse::sku),
            new Column<>("name", PoolUse::name),
            new Column<>("seats", PoolUse::seats),
            new Column<>("used", PoolUse::used),
            new Column<>("free", p -> p.seats() - p.used()),
            new Column<>(
                "a month",
                p ->
                    p.price().multiply(java.math.BigDecimal.valueOf(p.used()))
                        + " "
                        + p.currency())));
  }

  private static String json(List<StoredPlan> plans, List<Seats> seats) {
    var answer = JsonNodeFactory.instance.objectNode();
    var planArray = answer.putArray("plans");
    for (var plan : plans) {
      var node = planArray.addObject();
      node.put("flow", plan.flow().value()).put("number", plan.number().value());
      node.put("madeAt", plan.madeAt().toString()).put("state", plan.state().wire());
      var counts = node.putObject("changes");
      plan.counts().forEach((s, n) -> counts.put(s.name().toLowerCase(Locale.ROOT), n));
      var findings = node.putArray("findings");
      plan.findings().forEach(f -> findings.add(Problems.json(f)));
    }
    var seatArray = answer.putArray("seats");
    for (var seat : seats) {
      var pool = seat.pool();
      var node = seatArray.addObject().put("organization", seat.organization().value());
      node.put("licence", pool.sku()).put("name", pool.name()).put("seats", pool.seats());
      node.put("used", pool.used()).put("free", pool.seats() - pool.used());
      node.put("price", pool.price()).put("currency", pool.currency());
    }
    return Faces.json(answer);
  }
}
