package dev.tenure.cli;

import dev.tenure.flow.FlowStates.FlowState;
import dev.tenure.problem.Problem;
import dev.tenure.view.Status;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// `tenure status --watch`: on a screen the table, drawn anew each time; elsewhere a line for each
/// flow, or with JSON a line for each look.
///
/// It looks through a new door each time, so it neither keeps a server from starting nor ends with
/// one.
record StatusWatch(Call call, Duration every) {
  /// To the upper left corner, and all below is gone.
  private static final String ANEW = "\u001b[H\u001b[J";

  /// Goes on until the thread is interrupted.
  int run() throws InterruptedException {
    var stop = new CountDownLatch(1);
    do {
      look();
    } while (!stop.await(every.toMillis(), TimeUnit.MILLISECONDS));
    return 0;
  }

  private void look() {
    var out = call.terminal().out();
    try (var workplace = call.open()) {
      show(StatusCommand.status(workplace), out);
    } catch (Problem.Found e) {
      // A server that starts or stops at this moment: the next look may find it.
      Problems.show(e.problems(), call.terminal(), call.json());
    }
    out.flush();
  }

  private void show(Status status, PrintStream out) {
    if (call.json()) {
      out.println(status.json());
    } else if (call.terminal().interactive()) {
      var title = "every %d s, ends with Ctrl-C%n%n".formatted(every.toSeconds());
      out.print(ANEW + title + StatusCommand.table(status));
    } else {
      status.flows().forEach(flow -> out.println(line(flow)));
    }
  }

  /// `people 2026-11-26T01:20:00Z done people 40, changes 3, findings 0`.
  private static String line(FlowState flow) {
    return "%s  %s  %s  people %d, changes %d, findings %d"
        .formatted(
            flow.flow(),
            flow.endedAt().map(Instant::toString).orElse("not yet"),
            StatusCommand.outcome(flow),
            flow.counts().getOrDefault("read", 0L),
            flow.counts().getOrDefault("changes", 0L),
            flow.findings().size());
  }
}
