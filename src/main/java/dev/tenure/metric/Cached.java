package dev.tenure.metric;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Something that takes a while to find out: found out once for all who ask at the same time, and
/// good for a while afterwards. Who asks waits no longer than the patience, whatever the finding
/// takes; it goes on then, and nobody starts another one beside it.
final class Cached<T> {
  private final Supplier<T> source;
  private final Duration life;
  private final Duration patience;
  private final InstantSource clock;
  private @Nullable CompletableFuture<T> underWay;
  private Optional<T> last = Optional.empty();
  private Instant lastAt = Instant.MIN;

  Cached(Supplier<T> source, Duration life, Duration patience, InstantSource clock) {
    this.source = source;
    this.life = life;
    this.patience = patience;
    this.clock = clock;
  }

  /// Empty where it was not found out in time, or not at all.
  Optional<T> get() {
    var finding = finding();
    try {
      return Optional.of(finding.get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException | ExecutionException _) {
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private synchronized CompletableFuture<T> finding() {
    if (last.isPresent() && clock.instant().isBefore(lastAt.plus(life))) {
      return CompletableFuture.completedFuture(last.get());
    }
    var running = underWay;
    if (running != null) return running;
    var started = new CompletableFuture<T>();
    underWay = started;
    Thread.ofVirtual().name("metrics").start(() -> find(started));
    return started;
  }

  private void find(CompletableFuture<T> finding) {
    try {
      var found = source.get();
      keep(Optional.of(found));
      finding.complete(found);
    } catch (RuntimeException | Error e) {
      keep(Optional.empty());
      finding.completeExceptionally(e);
    }
  }

  private synchronized void keep(Optional<T> found) {
    underWay = null;
    last = found;
    lastAt = clock.instant();
  }
}
