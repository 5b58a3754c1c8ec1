package dev.tenure.metric;

import dev.tenure.problem.Problem;
import dev.tenure.target.Budget;
import io.prometheus.metrics.core.metrics.Counter;
import java.time.Duration;
import java.util.Optional;

/// A budget that counts what it hears: every answer of the target passes here, to a change and to a
/// read. `target` is what all who share the budget call it.
record CountedBudget(String target, TargetStanding.Reader reader, Budget budget, Counter requests)
    implements Budget {
  @Override
  public Optional<Load> load() {
    return budget.load();
  }

  @Override
  public Grant take(Ask ask) {
    return budget.take(ask);
  }

  @Override
  public void giveBack(int count) {
    budget.giveBack(count);
  }

  @Override
  public void charge() {
    budget.charge();
  }

  @Override
  public void heard(Heard heard) {
    requests.labelValues(target, result(heard.status())).inc();
    budget.heard(heard);
  }

  /// Without an answer (0) or with a 5xx nobody knows what was done.
  static String result(int status) {
    if (status == 429 || status == 503) return "busy";
    if (status >= 200 && status < 400) return "done";
    return status >= 400 && status < 500 ? "refused" : "unknown";
  }

  @Override
  public void worked(String person, Optional<Problem> failure) {
    budget.worked(person, failure);
  }

  @Override
  public Optional<Duration> lasting(long changes) {
    return budget.lasting(changes);
  }
}
