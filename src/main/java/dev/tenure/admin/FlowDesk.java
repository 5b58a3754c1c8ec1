package dev.tenure.admin;

import dev.tenure.deliver.Pauses;
import dev.tenure.deliver.Plans;
import dev.tenure.flow.Flow;
import dev.tenure.flow.Flows;
import dev.tenure.http.Request;
import dev.tenure.id.Correlation;
import dev.tenure.view.ApprovalJson;
import dev.tenure.view.HoldingJson;
import dev.tenure.view.PauseJson;
import dev.tenure.view.StoredPlanJson;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// What is asked about one flow: its plans, and whether it sends. A flow that is not there is 404.
record FlowDesk(Flows flows, Plans plans, Pauses pauses) {
  static final List<Operation> OPERATIONS =
      List.of(
          Operation.look("/flows/{flow}/plans", (d, r) -> d.flows().plans(r)),
          Operation.look("/flows/{flow}/plans/{plan}", (d, r) -> d.flows().plan(r)),
          Operation.act(
              "POST", "/flows/{flow}/plans/{plan}/approval", (d, r) -> d.flows().approve(r)),
          Operation.act("POST", "/flows/{flow}/plans/{plan}/hold", (d, r) -> d.flows().hold(r)),
          Operation.act("POST", "/flows/{flow}/pause", (d, r) -> d.flows().pause(r)),
          Operation.act("POST", "/flows/{flow}/resume", (d, r) -> d.flows().resume(r)));

  private static final int REASON_CHARACTERS_MAX = 500;
  private static final String BEFORE = "before";
  private static final String REASON = "reason";
  private static final String LEAVERS = "leavers";

  /// Newest first; `next` is the address of the following page, where there is one.
  ObjectNode plans(Request request) {
    Wanted.query(request, Set.of(Page.LIMIT, BEFORE));
    var flow = flow(request);
    int limit = Page.limit(request);
    var before = Wanted.number(request, BEFORE, Long.MAX_VALUE, Long.MAX_VALUE);
    var page = Page.of(plans.list(flow.id(), before - 1, limit + 1), limit);
    var answer = StoredPlanJson.of(page.entries());
    return page.next(answer, request, last -> Map.of(BEFORE, last.number().toString()));
  }

  /// One plan, without its changes. Throws `PLAN_UNKNOWN`.
  ObjectNode plan(Request request) {
    Wanted.query(request, Set.of());
    var flow = flow(request);
    return StoredPlanJson.of(plans.get(flow.id(), Wanted.plan(request)));
  }

  /// Releases a choice of what is held back, or all of it. Throws `PLAN_UNKNOWN`, `PLAN_OUTDATED`,
  /// `CLUSTER_UNKNOWN` and `CHOICE_EMPTY`.
  ObjectNode approve(Request request) {
    Wanted.query(request, Set.of());
    var flow = flow(request);
    var number = Wanted.plan(request);
    var body = Wanted.body(request, ChoiceFields.NAMES);
    var approval = new Plans.Approval(number, ChoiceFields.of(body));
    long released = plans.approve(flow.id(), approval, Correlation.current().actor());
    return ApprovalJson.of(flow.id(), number, released);
  }

  /// Holds back a choice of what is still to be sent, or all of it. Throws as [#approve].
  ObjectNode hold(Request request) {
    Wanted.query(request, Set.of());
    var flow = flow(request);
    var number = Wanted.plan(request);
    var body = Wanted.body(request, ChoiceFields.and(LEAVERS, REASON));
    var reason = Wanted.text(body, REASON, REASON_CHARACTERS_MAX);
    var hold = new Plans.Hold(number, ChoiceFields.of(body), Wanted.flag(body, LEAVERS), reason);
    return HoldingJson.of(flow.id(), number, plans.hold(flow.id(), hold));
  }

  ObjectNode pause(Request request) {
    Wanted.query(request, Set.of());
    var flow = flow(request);
    var body = Wanted.body(request, Set.of(REASON, LEAVERS));
    var reason = Wanted.text(body, REASON, REASON_CHARACTERS_MAX);
    boolean leavers = Wanted.flag(body, LEAVERS);
    pauses.pause(flow.id(), reason, leavers);
    return PauseJson.paused(flow.id(), leavers);
  }

  ObjectNode resume(Request request) {
    Wanted.query(request, Set.of());
    var flow = flow(request);
    Wanted.body(request, Set.of());
    return PauseJson.resumed(flow.id(), pauses.resume(flow.id()));
  }

  private Flow flow(Request request) {
    return Wanted.flow(request, flows);
  }
}
