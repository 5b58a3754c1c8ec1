package dev.tenure.trace;

import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/// One step of what this thread does. Where nothing is recorded it is [#NONE], and costs nothing.
/// Log lines that are written within it bear the id of its tree.
public final class Span {
  /// Nothing is recorded.
  public static final Span NONE = new Span(null, 0);

  private static final ScopedValue<Span> CURRENT = ScopedValue.newInstance();
  private static final String IN_LOG = "trace";

  private final @Nullable Recording recording;
  private final int retries;

  private Span(@Nullable Recording recording, int retries) {
    this.recording = recording;
    this.retries = retries;
  }

  static Span of(Recording recording) {
    return new Span(recording, 0);
  }

  /// The one that this thread works in.
  public static Span current() {
    return CURRENT.orElse(NONE);
  }

  /// Does this as a step of what is done now.
  public static <T> T step(String name, Supplier<T> work) {
    return current().child(name).around(work::get);
  }

  public boolean isRecorded() {
    return recording != null;
  }

  /// A step of this one; ends with [#around].
  public Span child(String name) {
    return recording == null ? NONE : new Span(recording.child(name, false), retries);
  }

  /// A request to another server; ends with [#around].
  public Span request(String name) {
    return recording == null ? NONE : new Span(recording.child(name, true), retries);
  }

  public Span with(String key, String value) {
    if (recording != null) recording.set(key, value);
    return this;
  }

  public Span with(String key, long value) {
    if (recording != null) recording.set(key, value);
    return this;
  }

  /// The same, in which requests were sent so often before.
  public Span tried(int times) {
    return recording == null ? NONE : new Span(recording, times);
  }

  /// How often this was tried before.
  public int retries() {
    return retries;
  }

  /// It ended badly; `type` says how, in few different words.
  public void failed(String type) {
    if (recording != null) recording.failed(type);
  }

  /// The header field `traceparent` for a request to this address; absent where it gets none.
  public Optional<String> parentFor(URI address) {
    return recording == null ? Optional.empty() : recording.parentFor(address);
  }

  /// Does this within the span, which ends with it.
  public <T, X extends Throwable> T around(ScopedValue.CallableOp<? extends T, X> work) throws X {
    if (recording == null) return work.call();
    boolean isDone = false;
    try {
      T result = within(work);
      isDone = true;
      return result;
    } finally {
      if (!isDone) recording.failed("exception");
      recording.end();
    }
  }

  /// Does this within the span, which goes on: for other threads that work for it.
  public <T, X extends Throwable> T within(ScopedValue.CallableOp<? extends T, X> work) throws X {
    if (recording == null) return work.call();
    var before = MDC.get(IN_LOG);
    MDC.put(IN_LOG, recording.trace());
    try {
      return ScopedValue.where(CURRENT, this).call(work);
    } finally {
      if (before == null) MDC.remove(IN_LOG);
      else MDC.put(IN_LOG, before);
    }
  }
}
