package dev.tenure.admin;

import dev.tenure.access.Role;
import dev.tenure.audit.AuditChain;
import dev.tenure.deliver.Progress;
import dev.tenure.flow.Forgetting;
import dev.tenure.http.HttpFailure;
import dev.tenure.http.Request;
import dev.tenure.http.Response;
import dev.tenure.job.Jobs.Key;
import dev.tenure.job.Jobs.Outcome;
import dev.tenure.view.BackupJson;
import dev.tenure.view.ErasedJson;
import dev.tenure.view.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What is asked about the whole: how all stands, a copy of it, that somebody is forgotten in it,
/// and the keys that its logs are verified with.
record OfficeDesk(Engine engine) {
  static final List<Operation> OPERATIONS =
      List.of(
          Operation.watch("/status", (d, _) -> d.office().status()),
          Operation.look("/audit/keys", (d, r) -> d.office().keys(r)),
          Operation.rule("POST", "/audit/keys/rotate", (d, r) -> d.office().rotate(r)),
          new Operation("POST", "/backups", Role.ADMINISTRATOR, (d, r) -> d.office().backup(r)),
          new Operation("POST", "/erasures", Role.ADMINISTRATOR, (d, r) -> d.office().erase(r)));

  private static final String PERSON = "person";
  private static final int PERSON_CHARACTERS_MAX = 1_000;
  private static final String LOG = "log";
  private static final int LOG_CHARACTERS_MAX = 200;

  private ObjectNode status() {
    return Status.of(engine.flows().all(), engine.books(), engine.ledgers()).json();
  }

  private AuditChain chain() {
    return engine.records().chain();
  }

  private ObjectNode keys(Request request) {
    Wanted.query(request, Set.of());
    return JsonNodeFactory.instance.objectNode().put("keys", chain().keys().text());
  }

  private ObjectNode rotate(Request request) {
    Wanted.query(request, Set.of());
    Wanted.body(request, Set.of());
    return JsonNodeFactory.instance.objectNode().put("keys", chain().rotate().text());
  }

  private Response backup(Request request) {
    Wanted.query(request, Set.of());
    Wanted.body(request, Set.of());
    return JobDesk.begun(
        engine,
        new Key("backup", "everything"),
        progress -> {
          var begun = engine.cycle().now();
          var written =
              engine.house().backup((total, done) -> progress.at(state(begun, total, done)));
          return new Outcome(
              "It is written.", Optional.empty(), Optional.of(BackupJson.of(written)));
        });
  }

  private Progress.State state(Instant begun, long total, long done) {
    var elapsed = Duration.between(begun, engine.cycle().now());
    return new Progress.State(total, done, 0, elapsed, Optional.empty(), Optional.empty());
  }

  /// The job does not say whom it is about: who is forgotten is not named by the list of jobs.
  private Response erase(Request request) {
    Wanted.query(request, Set.of());
    var body = Wanted.body(request, Set.of(PERSON, LOG));
    var who = Wanted.text(body, PERSON, PERSON_CHARACTERS_MAX);
    if (who.isEmpty()) throw new HttpFailure(400, "person says who is forgotten");
    var log = Optional.of(Wanted.text(body, LOG, LOG_CHARACTERS_MAX)).filter(l -> !l.isEmpty());
    log.ifPresent(this::requireErasable);
    var forgetting = new Forgetting(engine.acts().eraser(), chain());
    return JobDesk.begun(
        engine,
        new Key("erase", "a person"),
        _ -> {
          var json = JsonNodeFactory.instance.objectNode();
          var erased = ErasedJson.of(forgetting.forget(who, log));
          json.set("erased", erased);
          var words = erased.isEmpty() ? "Nothing tells of this person." : "It is erased.";
          return new Outcome(words, Optional.empty(), Optional.of(json));
        });
  }

  private void requireErasable(String log) {
    var flows = engine.flows().all().stream().map(f -> "flow/" + f.id());
    var organizations = engine.books().organizations().all().stream().map(o -> "organization/" + o);
    if (Stream.concat(flows, organizations).noneMatch(log::equals)) {
      throw new HttpFailure(404, "there is no such log: flow/NAME, organization/NAME");
    }
  }
}
