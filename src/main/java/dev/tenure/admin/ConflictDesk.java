package dev.tenure.admin;

import dev.tenure.deliver.Plans.Draft;
import dev.tenure.flow.Flow;
import dev.tenure.http.HttpFailure;
import dev.tenure.http.Request;
import dev.tenure.http.Response;
import dev.tenure.job.Jobs.Job;
import dev.tenure.job.Jobs.Key;
import dev.tenure.reconcile.Choice;
import dev.tenure.reconcile.Conflict;
import dev.tenure.reconcile.ConflictJson;
import dev.tenure.reconcile.ConflictKind;
import dev.tenure.reconcile.Found;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What stands in a flow's way, and what was decided about it.
record ConflictDesk(Engine engine) {
  static final List<Operation> OPERATIONS =
      List.of(
          Operation.look("/flows/{flow}/conflicts", (d, r) -> d.conflicts().list(r)),
          JobDesk.begin("/flows/{flow}/decisions", (d, r) -> d.conflicts().decide(r)));

  private static final String KIND = "kind";
  private static final String CONFLICTS = "conflicts";
  private static final String ACCEPT = "accept";
  private static final String CONFIDENCE = "confidence";

  /// What the last look of this server found, in the order of kinds and ids.
  private ObjectNode list(Request request) {
    Wanted.query(request, Set.of(Page.LIMIT, Page.AFTER, KIND));
    var flow = Wanted.flow(request, engine.flows());
    int limit = Page.limit(request);
    var kind = Wanted.words(request, KIND).map(ConflictDesk::kind);
    var look = engine.jobs().of(Key.looking(flow.id())).filter(job -> found(job).isPresent());
    var found = look.flatMap(ConflictDesk::found).orElseThrow(() -> nobodyLooked(flow));
    var page = Page.of(rest(request, found, kind), limit);
    var answer = ConflictJson.write(page.entries()).put("flow", flow.id().value());
    look.flatMap(Job::ended).ifPresent(at -> answer.put("lookedAt", at.toString()));
    answer.put("total", found.of(kind).size());
    return page.next(answer, request, last -> Map.of(Page.AFTER, last.id()));
  }

  private static Optional<Found> found(Job job) {
    return job.outcome()
        .flatMap(o -> o.result())
        .filter(Found.class::isInstance)
        .map(Found.class::cast);
  }

  private static HttpFailure nobodyLooked(Flow flow) {
    return new HttpFailure(
        404, "look first: POST " + AdminApi.ROOT + "/flows/" + flow.id() + "/reconcile");
  }

  private static List<Conflict> rest(Request request, Found found, Optional<ConflictKind> kind) {
    var after = Wanted.words(request, Page.AFTER);
    if (after.isEmpty()) return found.of(kind);
    return found
        .after(kind, after.get())
        .orElseThrow(() -> new HttpFailure(400, "after is the id of a conflict"));
  }

  private static ConflictKind kind(String word) {
    return Arrays.stream(ConflictKind.values())
        .filter(k -> k.wire().equals(word))
        .findFirst()
        .orElseThrow(() -> new HttpFailure(400, "the kind of conflict is one of " + kinds()));
  }

  private static String kinds() {
    return Arrays.stream(ConflictKind.values())
        .map(ConflictKind::wire)
        .collect(Collectors.joining(", "));
  }

  /// Makes a plan of what was decided, from a fresh look at both ends; nothing is sent.
  private Response decide(Request request) {
    Wanted.query(request, Set.of());
    var flow = Wanted.flow(request, engine.flows());
    var body = Wanted.body(request, Set.of(CONFLICTS, ACCEPT, CONFIDENCE));
    var accepted =
        Wanted.texts(body, ACCEPT).stream()
            .map(ConflictDesk::kind)
            .collect(Collectors.toUnmodifiableSet());
    var least = flow.config().reconcile().confidence();
    var decisions = ConflictJson.read(body.toString());
    var choice = new Choice(decisions, accepted, confidence(body, least));
    if (decisions.isEmpty() && accepted.isEmpty() && choice.confidence().isEmpty()) {
      throw new HttpFailure(400, "nothing is decided: give conflicts, accept or confidence");
    }
    return JobDesk.begun(
        engine,
        Key.deciding(flow.id()),
        _ ->
            JobDesk.planned(
                engine
                    .cycle()
                    .propose(
                        flow,
                        world ->
                            new Draft(
                                choice.plan(flow.planner(), world, least), Optional.empty()))));
  }

  /// Never below what the flow's configuration demands.
  private static Optional<Double> confidence(JsonNode body, double least) {
    var node = body.path(CONFIDENCE);
    if (node.isMissingNode()) return Optional.empty();
    double wanted = node.isNumber() ? node.doubleValue() : -1;
    if (wanted >= least && wanted <= 1) return Optional.of(wanted);
    throw new HttpFailure(400, "confidence is a number from " + least + " to 1");
  }
}
