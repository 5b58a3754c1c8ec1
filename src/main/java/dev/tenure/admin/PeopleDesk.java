package dev.tenure.admin;

import dev.tenure.deliver.PlanNumber;
import dev.tenure.http.Request;
import dev.tenure.http.Response;
import dev.tenure.job.Jobs.Key;
import dev.tenure.job.Jobs.Outcome;
import dev.tenure.source.Source.ReadOutcome;
import dev.tenure.store.PeopleStore;
import dev.tenure.view.FailedJson;
import dev.tenure.view.PersonRowJson;
import dev.tenure.view.ReceiptJson;
import dev.tenure.view.ScopeReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// What is asked about all people of a flow: search, who is in scope and why, and how leavers left.
record PeopleDesk(Engine engine, PeopleStore people) {
  static final List<Operation> OPERATIONS =
      List.of(
          Operation.look("/flows/{flow}/people", (d, r) -> d.everybody().search(r)),
          Operation.look("/flows/{flow}/receipts", (d, r) -> d.everybody().receipts(r)),
          Operation.look("/flows/{flow}/failed", (d, r) -> d.everybody().failed(r)),
          JobDesk.begin("/flows/{flow}/scope", (d, r) -> d.everybody().scope(r)));

  private static final int RECEIPTS_MAX = 1_000;

  /// So many people of a reason are named.
  private static final int NAMED_MAX = 100;

  private static final String TEXT = "q";
  private static final String PLAN = "plan";

  /// In the order of their keys.
  private ObjectNode search(Request request) {
    Wanted.query(request, Set.of(Page.LIMIT, Page.AFTER, TEXT));
    var flow = Wanted.flow(request, engine.flows());
    int limit = Page.limit(request);
    var text = Wanted.words(request, TEXT);
    var after = Wanted.words(request, Page.AFTER).orElse("");
    var found = people.page(flow.id(), new PeopleStore.Wanted(text, after, limit + 1));
    var page = Page.of(found, limit);
    var rulings = engine.cycle().rulings(flow);
    var now = flow.clock().instant();
    var answer = PersonRowJson.of(flow.id(), page.entries(), rulings, now);
    return page.next(answer, request, last -> Map.of(Page.AFTER, last.person().key().value()));
  }

  /// Who is still inside first, then the latest.
  private ObjectNode receipts(Request request) {
    Wanted.query(request, Set.of(Page.LIMIT, PLAN));
    var flow = Wanted.flow(request, engine.flows()).id();
    int limit = (int) Wanted.number(request, Page.LIMIT, Page.MAX, RECEIPTS_MAX);
    var plans = engine.books().plans();
    if (request.query().first(PLAN).isEmpty()) return ReceiptJson.of(plans.receipts(flow, limit));
    var plan = new PlanNumber(Wanted.number(request, PLAN, 1, Long.MAX_VALUE));
    return ReceiptJson.of(plans.receipts(flow, plans.get(flow, plan).number(), limit));
  }

  /// Changes that were given up, each with what to do about it.
  private ObjectNode failed(Request request) {
    Wanted.query(request, Set.of(Page.LIMIT));
    var flow = Wanted.flow(request, engine.flows()).id();
    int limit = (int) Wanted.number(request, Page.LIMIT, Page.MAX, RECEIPTS_MAX);
    return FailedJson.of(engine.books().plans().deadLetters(flow, limit));
  }

  /// Reads the source: who is in, who is out, and why. Reads no account and writes nothing.
  private Response scope(Request request) {
    Wanted.query(request, Set.of());
    var flow = Wanted.flow(request, engine.flows());
    Wanted.body(request, Set.of());
    return JobDesk.begun(
        engine,
        new Key("scope", flow.id().value()),
        _ -> {
          var report = new ScopeReport(NAMED_MAX);
          var rulings = engine.cycle().rulings(flow);
          var now = flow.clock().instant();
          var outcome = flow.source().read(one -> report.add(rulings.of(one, now).standing()));
          if (outcome instanceof ReadOutcome.Incomplete(_, var reason, _)) throw reason.found();
          var json = ScopeReport.json(flow.id(), report.rows(), true);
          return new Outcome(report.sums(), Optional.empty(), Optional.of(json));
        });
  }
}
