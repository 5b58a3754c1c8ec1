package dev.tenure.remote;

import dev.tenure.remote.Reply.Answer;
import dev.tenure.trace.Span;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;

/// Reads that wait for a busy server a few times, for as long as it asks for (RFC 9110 §10.2.3): a
/// read of many pages that started anew for each 429 would never end. What fails otherwise is
/// handed on at once.
///
/// `turn` is asked before each request, and may wait.
public record Patient(Wire wire, Clock clock, Consumer<Duration> pause, Runnable turn) {
  private static final int WAITS_MAX = 5;
  private static final Duration WAIT_MAX = Duration.ofMinutes(1);

  public Patient(Wire wire, Clock clock, Consumer<Duration> pause) {
    this(wire, clock, pause, () -> {});
  }

  /// The last reply: a busy answer where the server stayed busy, or wants more than a minute.
  public Reply get(String pathAndQuery) {
    turn.run();
    var reply = wire.get(pathAndQuery);
    for (var waits = 0; waits < WAITS_MAX && isShortlyBusy(reply); waits++) {
      if (reply instanceof Answer answer) pause.accept(Answers.wait(answer, clock));
      turn.run();
      reply = Span.current().tried(waits + 1).within(() -> wire.get(pathAndQuery));
    }
    return reply;
  }

  private boolean isShortlyBusy(Reply reply) {
    return reply instanceof Answer answer
        && answer.isBusy()
        && Answers.wait(answer, clock).compareTo(WAIT_MAX) <= 0;
  }
}
