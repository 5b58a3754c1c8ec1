package dev.tenure.console.page;

import dev.tenure.console.Trouble;
import dev.tenure.deliver.ChangeState;
import dev.tenure.deliver.PlanState;
import dev.tenure.deliver.Progress;
import dev.tenure.deliver.StoredPlan;
import dev.tenure.job.Jobs;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How far a plan is. `remaining`: how long the rest takes at the rate so far, where it is known.
/// `running`: somebody sends it right now.
public record ProgressView(
    String state,
    long total,
    long done,
    long failed,
    long held,
    long waiting,
    boolean running,
    Optional<Duration> remaining,
    Optional<Duration> paused,
    List<Trouble.Line> problems) {

  /// `job` is the last delivery that was begun on a page.
  static ProgressView of(StoredPlan plan, Optional<Jobs.Job> job) {
    long done = plan.count(ChangeState.DONE);
    long failed =
        plan.count(ChangeState.REFUSED)
            + plan.count(ChangeState.DEAD)
            + plan.count(ChangeState.STALE);
    long waiting = plan.count(ChangeState.WAITING) + plan.count(ChangeState.LEASED);
    boolean running = plan.state() == PlanState.APPLYING && waiting > 0;
    var state = job.filter(Jobs.Job::isRunning).flatMap(Jobs.Job::progress);
    return new ProgressView(
        plan.state().wire(),
        plan.size(),
        done,
        failed,
        plan.count(ChangeState.HELD),
        waiting,
        running || job.filter(Jobs.Job::isRunning).isPresent(),
        state.flatMap(Progress.State::remaining),
        state.flatMap(Progress.State::paused),
        Trouble.Line.all(job.map(Jobs.Job::problems).orElse(List.of())));
  }

  public long full() {
    return Math.max(1, total);
  }

  public long settled() {
    return done + failed;
  }

  public long percent() {
    return settled() * 100 / full();
  }
}
