package dev.tenure.job;

import dev.tenure.deliver.PlanNumber;
import dev.tenure.deliver.Progress;
import dev.tenure.id.Correlation;
import dev.tenure.id.FlowId;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What takes longer than a request may: planning, applying, looking for conflicts, verifying a
/// log. One of each kind runs for the same thing at a time. How a job ended is remembered until
/// 1,000 others began after it, or the server stops; what it came to ([Outcome#result]) only until
/// the next of its kind ends.
public final class Jobs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
  private static final Duration STOP = Duration.ofSeconds(5);
  private static final int KEPT_MAX = 1_000;

  /// By id, the oldest first; guarded by itself.
  private final Map<String, Job> jobs = new LinkedHashMap<>();

  /// The id of the running or last job of each kind; guarded by `jobs`.
  private final Map<Key, String> last = new LinkedHashMap<>();

  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final Clock clock;
  private volatile boolean closed;

  public Jobs(Clock clock) {
    this.clock = clock;
  }

  /// What is done, such as `plan`, and to what.
  public record Key(String kind, String what) {
    /// Making a plan of the flow.
    public static Key planning(FlowId flow) {
      return new Key("plan", flow.value());
    }

    /// Making a plan for one person; `who` as somebody named them.
    public static Key planning(FlowId flow, String who) {
      return new Key("plan-person", flow + "/" + who);
    }

    public static Key applying(FlowId flow) {
      return new Key("apply", flow.value());
    }

    /// Making a plan that takes this one back.
    public static Key undoing(FlowId flow, PlanNumber plan) {
      return new Key("undo", flow + "/" + plan);
    }

    /// Looking for conflicts.
    public static Key looking(FlowId flow) {
      return new Key("conflicts", flow.value());
    }

    /// Making a plan of decisions on conflicts.
    public static Key deciding(FlowId flow) {
      return new Key("decide", flow.value());
    }

    /// Making a plan that frees seats; `where`: an organization, or `target/NAME`.
    public static Key reclaiming(String where) {
      return new Key("reclaim", where);
    }

    /// Sending a receiver a message to see whether it takes it.
    public static Key telling(String receiver) {
      return new Key("notify-test", receiver);
    }

    /// Verifying an audit log.
    public static Key verifying(String log) {
      return new Key("verify", log);
    }
  }

  /// What is to be done; gives where to look afterwards, and what it came to in words.
  @FunctionalInterface
  public interface Work {
    Outcome run(Progress progress) throws Exception;
  }

  /// What a job came to. `path`: the page of the console that shows it.
  public record Outcome(String words, Optional<String> path, Optional<Object> result) {
    public static Outcome of(String words) {
      return new Outcome(words, Optional.empty(), Optional.empty());
    }

    private Outcome withoutResult() {
      return new Outcome(words, path, Optional.empty());
    }
  }

  /// A job: running while neither `outcome` nor `problems` say how it ended.
  public record Job(
      String id,
      Key key,
      String by,
      Instant begun,
      Optional<Instant> ended,
      Optional<Progress.State> progress,
      Optional<Outcome> outcome,
      List<Problem> problems) {
    public boolean isRunning() {
      return ended.isEmpty();
    }

    private Job at(Progress.State state) {
      return new Job(id, key, by, begun, ended, Optional.of(state), outcome, problems);
    }

    private Job ended(Instant at, Optional<Outcome> with, List<Problem> found) {
      return new Job(id, key, by, begun, Optional.of(at), progress, with, found);
    }

    private Job withoutResult() {
      var kept = outcome.map(Outcome::withoutResult);
      return new Job(id, key, by, begun, ended, progress, kept, problems);
    }
  }

  /// A job that was just begun, or the one that does the same already.
  public record Begun(Job job, boolean isNew) {}

  /// The running or last job of this kind.
  public Optional<Job> of(Key key) {
    synchronized (jobs) {
      return Optional.ofNullable(last.get(key)).map(jobs::get);
    }
  }

  /// The job of this id, while it is remembered.
  public Optional<Job> find(String id) {
    synchronized (jobs) {
      return Optional.ofNullable(jobs.get(id));
    }
  }

  /// All that are remembered, the newest first.
  public List<Job> all() {
    synchronized (jobs) {
      return new ArrayList<>(jobs.values()).reversed();
    }
  }

  /// As [#begin]: whether it was begun.
  public boolean start(Key key, Work work) {
    return begin(key, work).isNew();
  }

  /// Begins the work on a thread of its own, in the name of who asks, unless it is being done
  /// already. Throws `FLOW_BUSY` where the server is about to stop.
  public Begun begin(Key key, Work work) {
    if (closed) throw stopped().found();
    var correlation = Correlation.current();
    Job job;
    synchronized (jobs) {
      var running = of(key).filter(Job::isRunning);
      if (running.isPresent()) return new Begun(running.get(), false);
      job = begun(key, correlation.actor());
      jobs.put(job.id(), job);
      last.put(key, job.id());
      forgetOld();
    }
    var thread =
        Thread.ofVirtual()
            .name("job-" + key.kind())
            .unstarted(() -> run(correlation, job.id(), work));
    threads.add(thread);
    thread.start();
    return new Begun(job, true);
  }

  private Job begun(Key key, String by) {
    return new Job(
        UUID.randomUUID().toString(),
        key,
        by,
        clock.instant(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  private void forgetOld() {
    var ended = jobs.values().stream().filter(job -> !job.isRunning());
    var old = ended.limit(Math.max(0, jobs.size() - KEPT_MAX)).map(Job::id).toList();
    old.forEach(jobs::remove);
    last.values().removeAll(old);
  }

  private void run(Correlation correlation, String id, Work work) {
    try {
      var outcome = correlation.call(() -> work.run(state -> change(id, job -> job.at(state))));
      end(id, Optional.of(outcome), List.of());
    } catch (Problem.Found e) {
      end(id, Optional.empty(), e.problems());
    } catch (Exception e) {
      if (!(e instanceof InterruptedException)) LOG.error("job {} failed", id, e);
      end(id, Optional.empty(), List.of(failed(e)));
    } finally {
      threads.remove(Thread.currentThread());
    }
  }

  private static Problem failed(Exception e) {
    return e instanceof InterruptedException
        ? stopped()
        : new Problem(
            Code.INTERNAL,
            "it failed: " + e.getClass().getSimpleName(),
            Map.of(),
            "look into the server's log");
  }

  private static Problem stopped() {
    return new Problem(
        Code.FLOW_BUSY,
        "the server stopped meanwhile",
        Map.of(),
        "begin it again when the server runs; nothing is lost");
  }

  private void change(String id, UnaryOperator<Job> change) {
    synchronized (jobs) {
      jobs.computeIfPresent(id, (_, job) -> change.apply(job));
    }
  }

  /// What the ones before of this kind came to is no longer so.
  private void end(String id, Optional<Outcome> outcome, List<Problem> problems) {
    synchronized (jobs) {
      var key = Optional.ofNullable(jobs.get(id)).map(Job::key);
      jobs.replaceAll((other, job) ->
          key.filter(job.key()::equals).isPresent() && !other.equals(id)
              ? job.withoutResult()
              : job);
      change(id, job -> job.ended(clock.instant(), outcome, problems));
    }
  }

  /// Whether the server is about to stop.
  public boolean isClosed() {
    return closed;
  }

  /// Stops what runs, within five seconds: what is under way is settled, or looked up later.
  @Override
  public void close() {
    closed = true;
    var running = List.copyOf(threads);
    running.forEach(Thread::interrupt);
    try {
      for (var thread : running) thread.join(STOP);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
