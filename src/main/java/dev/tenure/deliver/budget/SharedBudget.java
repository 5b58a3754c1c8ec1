package dev.tenure.deliver.budget;

import dev.tenure.problem.Problem;
import dev.tenure.target.Budget;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// One node's door to the budget of a target. While no limit is known nothing is asked of the
/// database but once a second; afterwards each grant is one transaction there. What answers tell is
/// written down with the next grant, a refusal at once.
public final class SharedBudget implements Budget {
  private static final Logger LOG = LoggerFactory.getLogger(SharedBudget.class);
  private static final Duration FREE = Duration.ofSeconds(1);

  /// So many different changes in a row fail before the target does.
  private static final int FAILURES_MAX = 5;

  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int ERROR = 500;

  private final String target;
  private final Terms terms;
  private final Books books;
  private final Clock clock;
  private final Set<String> failing = new HashSet<>();
  private Optional<Heard> told = Optional.empty();
  private int answered;
  private int sentFreely;
  private Instant freeUntil = Instant.MIN;
  private boolean quarantined;

  /// `target` is what all who share the budget call it.
  public SharedBudget(String target, Terms terms, Books books, Clock clock) {
    this.target = target;
    this.terms = terms;
    this.books = books;
    this.clock = clock;
  }

  /// What is kept, unfolded.
  private record State(Bucket bucket, Optional<Quarantine> quarantine) {
    JsonNode json() {
      var node = JsonNodeFactory.instance.objectNode();
      node.set("bucket", bucket.json());
      quarantine.ifPresent(q -> node.set("quarantine", q.json()));
      return node;
    }
  }

  /// A state, and what was found out on the way to it.
  private record Turn<T>(State state, T answer) {}

  @Override
  public synchronized Grant take(Ask ask) {
    var now = clock.instant();
    if (now.isBefore(freeUntil) && told.isEmpty()) {
      sentFreely += ask.count();
      return new Grant(ask.count(), now, false);
    }
    return turn(state -> granted(state, ask, now));
  }

  private Turn<Grant> granted(State state, Ask ask, Instant now) {
    var bucket = state.bucket();
    var quarantine = state.quarantine();
    quarantined = quarantine.isPresent();
    if (quarantine.isPresent() && ask.use() != Use.READ) {
      var probe = quarantine.get();
      if (now.isBefore(probe.probeAt())) {
        return new Turn<>(state, new Grant(0, probe.probeAt(), true));
      }
      var one = bucket.take(terms, new Ask(1, ask.use()), now);
      var next = one.count() > 0 ? quarantine.map(q -> q.probed(now)) : quarantine;
      return new Turn<>(new State(bucket, next), new Grant(one.count(), one.nextAt(), true));
    }
    var grant = bucket.take(terms, ask, now);
    freeUntil = bucket.isFree(terms, now) && !quarantined ? now.plus(FREE) : Instant.MIN;
    return new Turn<>(state, grant);
  }

  @Override
  public synchronized void giveBack(int count) {
    if (count <= 0) return;
    var now = clock.instant();
    if (now.isBefore(freeUntil)) sentFreely -= count;
    else turn(state -> changed(state, () -> state.bucket().giveBack(count, now)));
  }

  @Override
  public synchronized void charge() {
    var now = clock.instant();
    if (now.isBefore(freeUntil)) sentFreely++;
    else turn(state -> changed(state, () -> state.bucket().charge(1, now)));
  }

  @Override
  public synchronized void heard(Heard heard) {
    answered++;
    boolean isBack = quarantined && isWorking(heard.status());
    if (heard.status() == 429 || heard.status() == 503 || isBack) {
      var now = clock.instant();
      freeUntil = Instant.MIN;
      turn(state -> changed(state, () -> state.bucket().heard(terms, heard, now)));
    } else if (heard.window().isPresent()) {
      told = Optional.of(heard);
    }
    if (isBack) back();
  }

  private static boolean isWorking(int status) {
    return status >= OK && status < ERROR && status != UNAUTHORIZED && status != 429;
  }

  @Override
  public synchronized void worked(String person, Optional<Problem> failure) {
    if (failure.isEmpty()) {
      failing.clear();
      if (quarantined) back();
      return;
    }
    failing.add(person);
    if (quarantined || failing.size() < FAILURES_MAX) return;
    quarantine(failure.get());
  }

  private void quarantine(Problem problem) {
    var now = clock.instant();
    freeUntil = Instant.MIN;
    quarantined = true;
    boolean isNew =
        turn(state -> {
          var was = state.quarantine();
          var next = was.or(() -> Optional.of(Quarantine.begin(problem, now)));
          return new Turn<>(new State(state.bucket(), next), was.isEmpty());
        });
    if (!isNew) return;
    LOG.warn("target {} fails as a whole and is only probed: {}", target, problem.line());
    books.note(target, "target.quarantined", dev.tenure.deliver.ChangeJson.problem(problem));
  }

  private void back() {
    quarantined = false;
    failing.clear();
    var was =
        turn(state -> new Turn<>(new State(state.bucket(), Optional.empty()), state.quarantine()));
    if (was.isEmpty()) return;
    LOG.info("target {} works again", target);
    books.note(target, "target.back", was.get().json());
  }

  @Override
  public Optional<Load> load() {
    var now = clock.instant();
    var kept = books.read(target);
    return Optional.of(
        Bucket.of(kept.path("bucket"), now).load(terms, kept.has("quarantine"), now));
  }

  @Override
  public synchronized Optional<Duration> lasting(long changes) {
    var now = clock.instant();
    return turn(state -> new Turn<>(state, state.bucket().lasting(terms, changes, now)));
  }

  private static Turn<Boolean> changed(State state, Runnable change) {
    change.run();
    return new Turn<>(state, true);
  }

  private <T> T turn(Function<State, Turn<T>> change) {
    var now = clock.instant();
    var answer = new java.util.ArrayList<T>(1);
    books.change(
        target,
        kept -> {
          var bucket = Bucket.of(kept.path("bucket"), now);
          var quarantine = Optional.ofNullable(kept.get("quarantine")).map(Quarantine::of);
          catchUp(bucket, now);
          var turn = change.apply(new State(bucket, quarantine));
          answer.clear();
          answer.add(turn.answer());
          return turn.state().json();
        });
    answered = 0;
    sentFreely = 0;
    told = Optional.empty();
    return answer.getFirst();
  }

  /// What this node knows and has not written down yet.
  private void catchUp(Bucket bucket, Instant now) {
    if (sentFreely > 0) bucket.charge(sentFreely, now);
    bucket.answered(answered);
    told.ifPresent(heard -> bucket.heard(terms, heard, now));
  }
}
