package dev.tenure.admin;

import dev.tenure.deliver.ChangeState;
import dev.tenure.deliver.PlanChanges;
import dev.tenure.deliver.PlanNumber;
import dev.tenure.deliver.StoredChange;
import dev.tenure.flow.Flow;
import dev.tenure.http.HttpFailure;
import dev.tenure.http.Request;
import dev.tenure.http.Response;
import dev.tenure.job.Jobs.Key;
import dev.tenure.plan.Change;
import dev.tenure.plan.PlanDiff;
import dev.tenure.view.ChangeRowJson;
import dev.tenure.view.DiffJson;
import dev.tenure.view.SeatEffect;
import dev.tenure.view.WholePlanJson;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// What is asked about the changes of a plan, and the plan that takes it back.
record ChangeDesk(Engine engine) {
  private static final String PLAN = "/flows/{flow}/plans/{plan}";

  static final List<Operation> OPERATIONS =
      List.of(
          Operation.look(PLAN + "/changes", (d, r) -> d.changes().page(r)),
          Operation.look(PLAN + "/clusters", (d, r) -> d.changes().clusters(r)),
          Operation.look(PLAN + "/export", (d, r) -> d.changes().whole(r)),
          Operation.look(PLAN + "/diff/{other}", (d, r) -> d.changes().diff(r)),
          JobDesk.begin(PLAN + "/undo", (d, r) -> d.changes().undo(r)));

  private static final Set<String> PARAMETERS = ChoiceFields.and(Page.LIMIT, Page.AFTER, "state");

  /// The plan that the path names. Throws `PLAN_UNKNOWN`.
  private record Named(Flow flow, PlanNumber number) {}

  private Named named(Request request) {
    var flow = Wanted.flow(request, engine.flows());
    var plan = engine.books().plans().get(flow.id(), Wanted.plan(request));
    return new Named(flow, plan.number());
  }

  /// In the order in which they are sent; everything that is given must fit.
  private ObjectNode page(Request request) {
    Wanted.query(request, PARAMETERS);
    var plan = named(request);
    int limit = Page.limit(request);
    long after = Wanted.number(request, Page.AFTER, 0, Integer.MAX_VALUE);
    var wanted = new PlanChanges.Wanted(ChoiceFields.of(request), state(request), after, limit + 1);
    var plans = engine.books().plans();
    var page = Page.of(plans.page(plan.flow().id(), plan.number(), wanted), limit);
    var answer = ChangeRowJson.of(page.entries());
    return page.next(answer, request, last -> Map.of(Page.AFTER, String.valueOf(last.seq())));
  }

  private static Optional<ChangeState> state(Request request) {
    return Wanted.words(request, "state")
        .map(word ->
            Arrays.stream(ChangeState.values())
                .filter(s -> s.wire().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> new HttpFailure(400, "there is no such state")));
  }

  private ObjectNode clusters(Request request) {
    Wanted.query(request, Set.of());
    var plan = named(request);
    var clusters = engine.books().plans().clusters(plan.flow().id(), plan.number());
    return ChangeRowJson.clusters(clusters);
  }

  /// The plan whole: its changes as they would be sent, totals, and what it does to seats.
  private ObjectNode whole(Request request) {
    Wanted.query(request, Set.of());
    var plan = named(request);
    var all = all(plan.flow(), plan.number());
    var sent = all.stream().map(StoredChange::change).toList();
    var seats = SeatEffect.of(engine.ledgers(), plan.flow(), sent);
    var stored = engine.books().plans().get(plan.flow().id(), plan.number());
    return WholePlanJson.of(stored, all, seats, Optional.empty());
  }

  private List<StoredChange> all(Flow flow, PlanNumber number) {
    return engine.books().plans().changes(flow.id(), number, flow.planner().userType());
  }

  private ObjectNode diff(Request request) {
    Wanted.query(request, Set.of());
    var plan = named(request);
    var flow = plan.flow();
    var number = Wanted.number(request.variable("other"), "other", Long.MAX_VALUE);
    var other = engine.books().plans().get(flow.id(), new PlanNumber(number));
    return DiffJson.of(
        PlanDiff.between(changes(flow, plan.number()), changes(flow, other.number())));
  }

  private List<Change> changes(Flow flow, PlanNumber number) {
    return all(flow, number).stream().map(StoredChange::change).toList();
  }

  /// Makes a plan that takes this one back; nothing is sent.
  private Response undo(Request request) {
    Wanted.query(request, Set.of());
    var plan = named(request);
    Wanted.body(request, Set.of());
    return JobDesk.begun(
        engine,
        Key.undoing(plan.flow().id(), plan.number()),
        _ -> JobDesk.planned(engine.acts().undoing().plan(plan.flow(), plan.number())));
  }
}
