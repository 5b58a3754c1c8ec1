package dev.tenure.deliver;

import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What became of a plan after a delivery. `problems` are those that this delivery met (law 8), at
/// most [#PROBLEMS_MAX]; `ended`: nothing is left to be sent but what is held.
public record DeliveryReport(StoredPlan plan, List<Problem> problems, Duration took) {
  public static final int PROBLEMS_MAX = 100;

  public DeliveryReport {
    problems = List.copyOf(problems);
  }

  /// Why nothing more is sent, where the target does not let us in.
  public Optional<Problem> barred() {
    return problems.stream().filter(p -> p.code() == Code.TARGET_REFUSED).findFirst();
  }

  public long done() {
    return plan.count(ChangeState.DONE);
  }

  public long stale() {
    return plan.count(ChangeState.STALE);
  }

  public long refused() {
    return plan.count(ChangeState.REFUSED);
  }

  public long dead() {
    return plan.count(ChangeState.DEAD);
  }

  public long held() {
    return plan.count(ChangeState.HELD);
  }

  public long superseded() {
    return plan.count(ChangeState.SUPERSEDED);
  }

  /// Changes that still wait, or that another delivery is sending.
  public long remaining() {
    return plan.count(ChangeState.WAITING) + plan.count(ChangeState.LEASED);
  }

  public boolean ended() {
    return remaining() == 0;
  }
}
