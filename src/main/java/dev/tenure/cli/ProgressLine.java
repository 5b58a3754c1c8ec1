package dev.tenure.cli;

import java.time.Duration;
import java.util.Optional;
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
  private static final Duration SECONDS_UP_TO = Duration.ofMinutes(2);
  private static final int WIDTH = 100;
  private final Terminal terminal;
  private final String task;
  private final Supplier<Long> nanos;
  private final long started;
  private final @Nullable ProgressBar bar;
  private long lastLine;
  private volatile Optional<Duration> remaining = Optional.empty();

  /// How far it is: `failed` of the `done` did not go well. `remaining`: how long the rest takes,
  /// where that is known.
  public record Step(long total, long done, long failed, Optional<Duration> remaining) {}

  /// `nanos` is a monotonic clock.
  public ProgressLine(Terminal terminal, String task, Supplier<Long> nanos) {
    this.terminal = terminal;
    this.task = task;
    this.nanos = nanos;
    this.started = nanos.get();
    this.lastLine = started;
    this.bar = terminal.interactive() ? bar() : null;
  }

  /// The same for work that goes on as it went so far, of which nothing fails.
  public void show(long total, long done) {
    var millis = (nanos.get() - started) / 1e6;
    var rest = Optional.of(done).filter(d -> d > 0).map(d -> millis * (total - d) / d);
    show(new Step(total, done, 0, rest.map(m -> Duration.ofMillis(Math.round(m)))));
  }

  /// Safe for many threads. What takes long says so at once.
  public synchronized void show(Step step) {
    remaining = step.remaining();
    if (bar != null) {
      var failures = step.failed() == 0 ? "" : step.failed() + " failed";
      bar.maxHint(step.total()).stepTo(step.done()).setExtraMessage(failures);
      return;
    }
    long now = nanos.get();
    boolean isLong = remaining.filter(r -> r.compareTo(EVERY) > 0).isPresent();
    if (now - lastLine < EVERY.toNanos() && !(step.done() == 0 && isLong)) return;
    lastLine = now;
    terminal.err().println(line(step, Duration.ofNanos(now - started)));
  }

  /// `apply: 400 of 1000, 3 failed, 80/s, 8 s to go`.
  private String line(Step step, Duration elapsed) {
    var line = new StringBuilder();
    line.append("%s: %d of %d".formatted(task, step.done(), step.total()));
    if (step.failed() > 0) line.append(", ").append(step.failed()).append(" failed");
    double rate = step.done() / Math.max(0.001, elapsed.toMillis() / 1000.0);
    if (step.done() > 0) line.append(", %.0f/s".formatted(rate));
    step.remaining().ifPresent(rest -> line.append(", ").append(words(rest)).append(" to go"));
    return line.toString();
  }

  /// `90 s`, `12 min`, `2 h 47 min`.
  private static String words(Duration time) {
    if (time.compareTo(SECONDS_UP_TO) < 0) return Math.round(time.toMillis() / 1000.0) + " s";
    long minutes = Math.round(time.toSeconds() / 60.0);
    return minutes < 120 ? minutes + " min" : "%d h %d min".formatted(minutes / 60, minutes % 60);
  }

  private ProgressBar bar() {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setStyle(ProgressBarStyle.ASCII)
        .setInitialMax(1)
        .setConsumer(new ConsoleProgressBarConsumer(terminal.err(), WIDTH))
        .showSpeed()
        .setEtaFunction(_ -> remaining)
        .build();
  }

  @Override
  public void close() {
    if (bar != null) bar.close();
  }
}
