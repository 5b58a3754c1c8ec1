package dev.tenure.view;

import dev.tenure.deliver.Plans;
import dev.tenure.deliver.StoredPlan;
import dev.tenure.flow.Flow;
import dev.tenure.flow.FlowStates;
import dev.tenure.flow.FlowStates.FlowState;
import dev.tenure.licence.Home;
import dev.tenure.licence.Ledgers;
import dev.tenure.organization.Licences.PoolUse;
import dev.tenure.organization.Organizations;
import dev.tenure.target.DeviationBook;
import dev.tenure.target.DeviationBook.Seen;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// How all stands: the last cycle of each flow and its newest plans, the seats of organizations and
/// of targets elsewhere, and what targets do otherwise than they should.
public record Status(
    List<FlowState> flows, List<StoredPlan> plans, List<Seats> seats, List<Seen> deviations) {
  private static final int PLANS = 5;

  public Status {
    flows = List.copyOf(flows);
    plans = List.copyOf(plans);
    seats = List.copyOf(seats);
    deviations = List.copyOf(deviations);
  }

  /// The seats of one pool.
  public record Seats(Home home, PoolUse pool) {}

  /// Where it is read.
  public record Books(
      FlowStates states, Plans plans, Organizations organizations, DeviationBook deviations) {}

  /// How these flows stand, and everything else.
  public static Status of(List<Flow> flows, Books books, Ledgers ledgers) {
    return new Status(
        flows.stream().flatMap(f -> books.states().of(f.id()).stream()).toList(),
        flows.stream().flatMap(f -> books.plans().list(f.id(), PLANS).stream()).toList(),
        ledgers.homes().stream()
            .flatMap(home -> ledgers.stocks(home).stream().map(s -> new Seats(home, s.pool())))
            .toList(),
        books.deviations().all());
  }

  /// As `tenure status --output json` prints it.
  public ObjectNode json() {
    var answer = JsonNodeFactory.instance.objectNode();
    var shownFlows = answer.putArray("flows");
    flows.forEach(flow -> put(shownFlows, flow));
    var shownPlans = answer.putArray("plans");
    plans.forEach(plan -> put(shownPlans, plan));
    var pools = answer.putArray("seats");
    seats.forEach(seats -> put(pools, seats));
    var targets = answer.putArray("deviations");
    deviations.forEach(seen ->
        targets
            .addObject()
            .put("target", seen.target())
            .put("deviation", seen.deviation().name())
            .put("lastSeen", seen.at().toString())
            .put("answer", seen.words()));
    return answer;
  }

  private static void put(ArrayNode flows, FlowState state) {
    var node = flows.addObject().put("flow", state.flow().value());
    state.startedAt().ifPresent(at -> node.put("startedAt", at.toString()));
    state.endedAt().ifPresent(at -> node.put("endedAt", at.toString()));
    var counts = node.putObject("counts");
    state.counts().forEach(counts::put);
    var findings = node.putArray("findings");
    state.findings().forEach(f -> findings.add(ProblemJson.of(f)));
    state.problem().ifPresent(p -> node.set("problem", ProblemJson.of(p)));
  }

  private static void put(ArrayNode plans, StoredPlan plan) {
    var node = plans.addObject();
    node.put("flow", plan.flow().value()).put("number", plan.number().value());
    node.put("madeAt", plan.madeAt().toString()).put("state", plan.state().wire());
    var counts = node.putObject("changes");
    plan.counts().forEach((s, n) -> counts.put(s.name().toLowerCase(Locale.ROOT), n));
    var findings = node.putArray("findings");
    plan.findings().forEach(f -> findings.add(ProblemJson.of(f)));
  }

  private static void put(ArrayNode pools, Seats seats) {
    var pool = seats.pool();
    var node = pools.addObject();
    LicenceJson.where(node, seats.home());
    node.put("licence", pool.sku()).put("name", pool.name()).put("seats", pool.seats());
    node.put("used", pool.used()).put("free", pool.seats() - pool.used());
    node.put("price", pool.price()).put("currency", pool.currency());
  }
}
