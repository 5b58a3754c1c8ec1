package dev.tenure.console.page;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Work beside a page that waits a moment for it, and no longer.
final class Beside {
  static final Executor THREAD = work -> Thread.ofVirtual().start(work);
  private static final int PATIENCE_MILLIS = 40;

  private Beside() {}

  /// What the work gives; null where it takes longer, or failed.
  static <T> @Nullable T within(CompletableFuture<T> work) {
    try {
      return work.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException _) {
      return null;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
