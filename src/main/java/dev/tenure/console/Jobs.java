package dev.tenure.console;

import dev.tenure.deliver.Progress;
import dev.tenure.id.Correlation;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What was begun on a page and takes longer than a page may: planning, applying, looking for
/// conflicts, verifying a log. One of each kind runs for the same thing at a time; how the last one
/// ended is remembered until the next begins, or the server stops.
public final class Jobs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
  private static final Duration STOP = Duration.ofSeconds(5);
  private static final int KEPT_MAX = 1_000;

  private final Map<Key, Job> jobs = new ConcurrentHashMap<>();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final Clock clock;
  private volatile boolean closed;

  Jobs(Clock clock) {
    this.clock = clock;
  }

  /// What is done, such as `plan`, and to what.
  public record Key(String kind, String what) {}

  /// What is to be done; gives where to look afterwards, and what it came to in words.
  @FunctionalInterface
  public interface Work {
    Outcome run(Progress progress) throws Exception;
  }

  /// What a job came to. `path`: the page that shows it.
  public record Outcome(String words, Optional<String> path, Optional<Object> result) {
    public static Outcome of(String words) {
      return new Outcome(words, Optional.empty(), Optional.empty());
    }
  }

  /// A job: running while neither `outcome` nor `problems` say how it ended.
  public record Job(
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

    public List<Trouble.Line> troubles() {
      return Trouble.Line.all(problems);
    }

    private Job at(Progress.State state) {
      return new Job(key, by, begun, ended, Optional.of(state), outcome, problems);
    }

    private Job ended(Instant at, Optional<Outcome> with, List<Problem> found) {
      return new Job(key, by, begun, Optional.of(at), progress, with, found);
    }
  }

  /// The running or last job of this kind.
  public Optional<Job> of(Key key) {
    return Optional.ofNullable(jobs.get(key));
  }

  /// Begins the work on a thread of its own, in the name of who asks; false where it is being done
  /// already.
  public boolean start(Asked asked, Key key, Work work) {
    var correlation = Correlation.current();
    var begun =
        new Job(
            key,
            asked.actor(),
            clock.instant(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());
    if (closed || !taken(begun)) return false;
    forgetOld();
    var thread =
        Thread.ofVirtual()
            .name("console-" + key.kind())
            .unstarted(() -> run(correlation, key, work));
    threads.add(thread);
    thread.start();
    return true;
  }

  /// Whether this job has the place now: another that runs keeps it.
  private boolean taken(Job begun) {
    var taken = new boolean[1];
    jobs.compute(
        begun.key(),
        (_, old) -> {
          taken[0] = old == null || !old.isRunning();
          return taken[0] ? begun : old;
        });
    return taken[0];
  }

  private void forgetOld() {
    if (jobs.size() > KEPT_MAX) jobs.values().removeIf(job -> !job.isRunning());
  }

  private void run(Correlation correlation, Key key, Work work) {
    try {
      var outcome =
          correlation.call(
              () -> work.run(state -> jobs.computeIfPresent(key, (_, j) -> j.at(state))));
      end(key, Optional.of(outcome), List.of());
    } catch (Problem.Found e) {
      end(key, Optional.empty(), e.problems());
    } catch (Exception e) {
      if (!(e instanceof InterruptedException)) LOG.error("{} failed", key, e);
      end(key, Optional.empty(), List.of(failed(e)));
    } finally {
      threads.remove(Thread.currentThread());
    }
  }

  private static Problem failed(Exception e) {
    return e instanceof InterruptedException
        ? new Problem(
            Code.INTERNAL,
            "the server stopped meanwhile",
            Map.of(),
            "begin it again; nothing is lost")
        : new Problem(
            Code.INTERNAL,
            "it failed: " + e.getClass().getSimpleName(),
            Map.of(),
            "look into the server's log");
  }

  private void end(Key key, Optional<Outcome> outcome, List<Problem> problems) {
    jobs.computeIfPresent(key, (_, job) -> job.ended(clock.instant(), outcome, problems));
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
