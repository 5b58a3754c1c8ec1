package dev.tenure.admin;

import dev.tenure.audit.AuditChain;
import dev.tenure.audit.AuditLog;
import dev.tenure.audit.AuditLog.Search;
import dev.tenure.audit.Verdict.Broken;
import dev.tenure.audit.Verdict.Intact;
import dev.tenure.http.HttpFailure;
import dev.tenure.http.Request;
import dev.tenure.http.Response;
import dev.tenure.job.Jobs.Key;
import dev.tenure.job.Jobs.Outcome;
import dev.tenure.store.TrailStore;
import dev.tenure.view.AuditEntryJson;
import dev.tenure.view.VerdictJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What was done, by whom and why; whether the log is what was written.
record AuditDesk(Engine engine, AuditLog entries, AuditChain chain, TrailStore trail) {
  static final List<Operation> OPERATIONS =
      List.of(
          Operation.look("/audit", (d, r) -> d.audit().search(r)),
          Operation.look("/audit/stories/{correlation}", (d, r) -> d.audit().story(r)),
          Operation.look("/audit/state", (d, r) -> d.audit().state(r)),
          Operation.lines("/audit/export", (d, r) -> d.audit().export(r)),
          JobDesk.begin("/audit/verify", (d, r) -> d.audit().verify(r)));

  static AuditDesk of(Engine engine) {
    var records = engine.records();
    return new AuditDesk(engine, records.log(), records.chain(), new TrailStore(engine.database()));
  }

  private static final int STORY_MAX = 500;
  private static final int LOG_CHARACTERS_MAX = 200;

  /// Clocks of nodes differ a little.
  private static final Duration AHEAD = Duration.ofMinutes(1);

  private static final String LOG = "log";
  static final String BEFORE = "before";
  static final String ID = "id";
  private static final Set<String> PARAMETERS =
      Set.of(LOG, Page.LIMIT, BEFORE, ID, "person", "actor", "action", "correlation", "from");

  /// Newest first.
  private ObjectNode search(Request request) {
    Wanted.query(request, PARAMETERS);
    int limit = Page.limit(request);
    var search = asked(request, limit + 1);
    var page = Page.of(trail.page(search, before(request)), limit);
    var answer = JsonNodeFactory.instance.objectNode();
    answer.set("entries", AuditEntryJson.of(page.entries()));
    return page.next(
        answer,
        request,
        last -> Map.of(BEFORE, last.at().toString(), ID, String.valueOf(last.id())));
  }

  /// Where the page begins that the query wants.
  TrailStore.Before before(Request request) {
    var now = engine.cycle().now().plus(AHEAD);
    return new TrailStore.Before(
        Wanted.time(request, BEFORE).orElse(now),
        Wanted.number(request, ID, Long.MAX_VALUE, Long.MAX_VALUE));
  }

  private Search asked(Request request, int count) {
    return new Search(
        log(request),
        Wanted.words(request, "person"),
        Wanted.words(request, "actor"),
        Wanted.words(request, "action"),
        Wanted.words(request, "correlation"),
        Wanted.time(request, "from"),
        Optional.empty(),
        count);
  }

  /// The log that the query names. Throws [HttpFailure] 400 and 404.
  private String log(Request request) {
    var name = Wanted.words(request, LOG);
    return known(name.orElseThrow(() -> new HttpFailure(400, "log says which one")));
  }

  private String known(String log) {
    var flows = engine.flows().all().stream().map(f -> "flow/" + f.id());
    var organizations = engine.books().organizations().all().stream();
    var logs = Stream.concat(flows, organizations.map(o -> "organization/" + o));
    var system = Stream.of("system/console", "system/targets", "system/notify");
    if (Stream.concat(logs, system).anyMatch(log::equals)) return log;
    throw new HttpFailure(404, "there is no such log: flow/NAME, organization/NAME, system/NAME");
  }

  /// What happened on behalf of one request, plan or command, the oldest first.
  private ObjectNode story(Request request) {
    Wanted.query(request, Set.of());
    var id = Optional.of(Wanted.variable(request, "correlation"));
    var none = Search.newest("", STORY_MAX);
    var search =
        new Search(
            "", none.person(), none.actor(), none.action(), id, none.from(), none.to(), STORY_MAX);
    var answer = JsonNodeFactory.instance.objectNode();
    answer.set("entries", AuditEntryJson.of(entries.search(search).reversed()));
    return answer;
  }

  /// How far a log is sealed and signed.
  private ObjectNode state(Request request) {
    Wanted.query(request, Set.of(LOG));
    var log = log(request);
    var answer = JsonNodeFactory.instance.objectNode().put("log", log);
    var sealed = trail.sealed(log);
    answer.put("sealed", sealed.map(s -> s.rows()).orElse(0L));
    sealed.flatMap(s -> s.signedAt()).ifPresent(at -> answer.put("signedAt", at.toString()));
    return answer.put("waiting", chain.waiting(log));
  }

  /// The whole log as it is verified offline, as far as it is sealed.
  private Response export(Request request) {
    Wanted.query(request, Set.of(LOG));
    var log = log(request);
    return Response.streamed(200, Operation.LINES, out -> chain.export(log, out))
        .with("Cache-Control", "no-store");
  }

  private Response verify(Request request) {
    Wanted.query(request, Set.of());
    var body = Wanted.body(request, Set.of(LOG));
    var log = known(Wanted.text(body, LOG, LOG_CHARACTERS_MAX));
    return JobDesk.begun(
        engine,
        Key.verifying(log),
        _ ->
            switch (chain.verify(log, Optional.empty())) {
              case Intact intact -> {
                var json = VerdictJson.of(intact, chain.waiting(log));
                yield new Outcome("The log is intact.", Optional.empty(), Optional.of(json));
              }
              case Broken broken -> throw VerdictJson.problem(log, broken).found();
            });
  }
}
