package dev.tenure.cli;

import java.time.Duration;
import java.util.function.Supplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/// How far long work is, and when it will be done: a bar on a screen, a line every few seconds
/// elsewhere.
public final class ProgressLine implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final int WIDTH = 100;
  private final Terminal terminal;
  private final String task;
  private final Supplier<Long> nanos;
  private final long started;
  private final @Nullable ProgressBar bar;
  private long lastLine;

  /// `nanos` is a monotonic clock.
  public ProgressLine(Terminal terminal, String task, Supplier<Long> nanos) {
    this.terminal = terminal;
    this.task = task;
    this.nanos = nanos;
    this.started = nanos.get();
    this.lastLine = started;
    this.bar = terminal.interactive() ? bar(terminal, task) : null;
  }

  /// `failed` of `done` did not go well. Safe for many threads.
  public synchronized void show(long total, long done, long failed) {
    if (bar != null) {
      bar.maxHint(total).stepTo(done).setExtraMessage(failed == 0 ? "" : failed + " failed");
      return;
    }
    long now = nanos.get();
    if (now - lastLine < EVERY.toNanos()) return;
    lastLine = now;
    terminal.err().println(line(total, done, failed, Duration.ofNanos(now - started)));
  }

  /// `apply: 400 of 1000, 3 failed, 80/s, 8 s to go`.
  private String line(long total, long done, long failed, Duration elapsed) {
    double rate = done / Math.max(0.001, elapsed.toMillis() / 1000.0);
    var toGo = done == 0 ? "" : ", %d s to go".formatted(Math.round((total - done) / rate));
    var failures = failed == 0 ? "" : ", " + failed + " failed";
    return "%s: %d of %d%s, %.0f/s%s".formatted(task, done, total, failures, rate, toGo);
  }

  private static ProgressBar bar(Terminal terminal, String task) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setStyle(ProgressBarStyle.ASCII)
        .setInitialMax(1)
        .setConsumer(new ConsoleProgressBarConsumer(terminal.err(), WIDTH))
        .showSpeed()
        .build();
  }

  @Override
  public void close() {
    if (bar != null) bar.close();
  }
}
