package dev.tenure.admin;

import dev.tenure.access.Role;
import dev.tenure.flow.CycleReport;
import dev.tenure.flow.Excluder;
import dev.tenure.flow.Flow;
import dev.tenure.http.HttpFailure;
import dev.tenure.http.Request;
import dev.tenure.http.Response;
import dev.tenure.id.FlowId;
import dev.tenure.id.PersonKey;
import dev.tenure.job.Jobs.Job;
import dev.tenure.job.Jobs.Key;
import dev.tenure.job.Jobs.Outcome;
import dev.tenure.job.Jobs.Work;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.reconcile.Found;
import dev.tenure.reconcile.Reconciler;
import dev.tenure.view.CycleJson;
import dev.tenure.view.EvictedJson;
import dev.tenure.view.JobJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Long work: it is begun and answered with 202, and asked for by its id. Each begins what the
/// console begins, and is the same job: what one of them does already, the other is refused.
record JobDesk(Engine engine) {
  static final List<Operation> OPERATIONS =
      List.of(
          Operation.look("/jobs", (d, r) -> d.jobs().list(r)),
          Operation.watch("/jobs/{job}", (d, r) -> d.jobs().one(r)),
          begin("/flows/{flow}/plans", (d, r) -> d.jobs().plan(r)),
          begin("/flows/{flow}/plans/{plan}/apply", (d, r) -> d.jobs().apply(r)),
          begin("/flows/{flow}/reconcile", (d, r) -> d.jobs().look(r)),
          begin("/evictions", (d, r) -> d.jobs().evict(r)),
          Operation.act("DELETE", "/evictions/{person}", (d, r) -> d.jobs().readmit(r)));

  private static final String PERSON = "person";
  private static final int PERSON_CHARACTERS_MAX = 1_000;
  private static final String FLOW = "flow";
  private static final int FLOW_CHARACTERS_MAX = 100;
  private static final String REASON = "reason";

  static Operation begin(String path, Operation.Work work) {
    return new Operation("POST", path, Role.OPERATOR, work);
  }

  /// Begins the work. Throws `FLOW_BUSY` where the same is being done.
  static Response begun(Engine engine, Key key, Work work) {
    var begun = engine.jobs().begin(key, work);
    var job = begun.job();
    if (!begun.isNew()) throw busy(job).found();
    return Operation.json(202, json(job)).with("Location", AdminApi.ROOT + "/jobs/" + job.id());
  }

  private static Problem busy(Job job) {
    return new Problem(
        Code.FLOW_BUSY,
        "this is being done already",
        Map.of("kind", job.key().kind(), "what", job.key().what(), "by", job.by(), "job", job.id()),
        "wait until GET " + AdminApi.ROOT + "/jobs/" + job.id() + " says that it has ended");
  }

  private static ObjectNode json(Job job) {
    return JobJson.of(job, j -> Failures.details(j.problems()));
  }

  /// What came of planning: the changes are listed by the plan's number.
  static Outcome planned(CycleReport report) {
    var words = report.isEmpty() ? "There is nothing to change." : "A plan is there.";
    var path = report.number().map(n -> "/console/plans/" + report.flow() + "/" + n);
    return new Outcome(words, path, Optional.of(CycleJson.brief(report)));
  }

  /// The newest first, as far as they are remembered.
  private ObjectNode list(Request request) {
    Wanted.query(request, Set.of(Page.LIMIT));
    var answer = JsonNodeFactory.instance.objectNode();
    var list = answer.putArray("jobs");
    engine.jobs().all().stream().limit(Page.limit(request)).forEach(job -> list.add(json(job)));
    return answer;
  }

  private ObjectNode one(Request request) {
    Wanted.query(request, Set.of());
    return engine
        .jobs()
        .find(request.variable("job"))
        .map(JobDesk::json)
        .orElseThrow(() ->
            new HttpFailure(
                404, "there is no such job here; one is forgotten when the server stops"));
  }

  private Response plan(Request request) {
    Wanted.query(request, Set.of());
    var flow = Wanted.flow(request, engine.flows());
    var who = Wanted.text(Wanted.body(request, Set.of(PERSON)), PERSON, PERSON_CHARACTERS_MAX);
    if (who.isEmpty()) {
      return begun(engine, Key.planning(flow.id()), _ -> planned(engine.cycle().plan(flow)));
    }
    // the planner reads the source first: they may be new
    return begun(
        engine,
        Key.planning(flow.id(), who),
        _ -> planned(engine.acts().persons().plan(flow, who)));
  }

  private Response apply(Request request) {
    Wanted.query(request, Set.of());
    var flow = Wanted.flow(request, engine.flows());
    Wanted.body(request, Set.of());
    var number = engine.books().plans().get(flow.id(), Wanted.plan(request)).number();
    return begun(
        engine,
        Key.applying(flow.id()),
        progress -> {
          var report = engine.cycle().apply(flow, number, progress);
          var words = "plan " + number + " is sent";
          return new Outcome(words, Optional.empty(), Optional.of(CycleJson.of(report)));
        });
  }

  /// Looks for what stands in the flow's way.
  private Response look(Request request) {
    Wanted.query(request, Set.of());
    var flow = Wanted.flow(request, engine.flows());
    Wanted.body(request, Set.of());
    return begun(
        engine,
        Key.looking(flow.id()),
        _ -> {
          var conflicts =
              engine
                  .cycle()
                  .look(flow, world -> Reconciler.conflicts(flow.planner().survey(world)));
          var words = conflicts.size() + " conflicts";
          return new Outcome(words, Optional.empty(), Optional.of(new Found(conflicts)));
        });
  }

  /// Locks somebody out of all flows that know them, or of one.
  private Response evict(Request request) {
    Wanted.query(request, Set.of());
    var body = Wanted.body(request, Set.of(PERSON, FLOW, REASON));
    var who = Wanted.text(body, PERSON, PERSON_CHARACTERS_MAX);
    if (who.isEmpty()) throw new HttpFailure(400, "person says who is locked out");
    var flow = Wanted.text(body, FLOW, FLOW_CHARACTERS_MAX);
    var reason = Wanted.text(body, REASON, Excluder.REASON_MAX);
    var people = people(who, Optional.of(flow).filter(f -> !f.isEmpty()));
    return begun(
        engine,
        new Key("evict", who),
        _ -> {
          var all = engine.acts().evictor().evict(people, reason);
          boolean out = all.stream().allMatch(one -> one.isOut());
          var words =
              out ? "They are locked out everywhere." : "They are NOT locked out everywhere.";
          return new Outcome(words, Optional.empty(), Optional.of(EvictedJson.of(all)));
        });
  }

  private Map<Flow, PersonKey> people(String who, Optional<String> only) {
    var flow = only.map(name -> Wanted.flow(name, engine.flows()));
    Optional<FlowId> id = flow.map(Flow::id);
    var found = engine.acts().eraser().find(who, id);
    var people = new LinkedHashMap<Flow, PersonKey>();
    for (var one : engine.flows().all()) {
      Optional.ofNullable(found.get(one.id())).ifPresent(key -> people.put(one, key));
    }
    if (people.isEmpty()) throw unknown(who).found();
    return people;
  }

  private static Problem unknown(String who) {
    return new Problem(
        Code.PERSON_UNKNOWN,
        "no flow has anybody with this key, userName or account id",
        Map.of("person", who),
        "check the spelling; who was never read by a flow is nobody's to lock out");
  }

  /// Lets the source count again; the flows in which the person was evicted.
  private JsonNode readmit(Request request) {
    Wanted.query(request, Set.of(FLOW));
    Wanted.body(request, Set.of());
    var who = Wanted.variable(request, PERSON);
    var answer = JsonNodeFactory.instance.objectNode();
    var lifted = answer.putArray("lifted");
    people(who, request.query().first(FLOW))
        .forEach((flow, person) -> {
          if (engine.acts().evictor().lift(flow, person)) lifted.add(flow.id().value());
        });
    return answer;
  }
}
