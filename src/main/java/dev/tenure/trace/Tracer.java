package dev.tenure.trace;

import java.net.URI;
import java.util.Optional;

/// Where trees of spans begin. Safe for use by many threads at once.
public interface Tracer extends AutoCloseable {
  /// Records nothing.
  Tracer OFF = _ -> Optional.empty();

  /// The first span of a process. `isAnswer`: of a request that somebody else sent; `parent` is its
  /// `traceparent` (W3C Trace Context), where it had one.
  record Root(String name, boolean isAnswer, Optional<String> parent) {
    /// Nobody else began it.
    public static Root of(String name) {
      return new Root(name, false, Optional.empty());
    }
  }

  /// Absent where this one is not chosen to be recorded.
  Optional<Recording> record(Root root);

  /// The same, as a span.
  default Span begin(Root root) {
    return record(root).map(Span::of).orElse(Span.NONE);
  }

  /// From now on requests below this address say what they belong to, for it is ours.
  default void own(URI address) {}

  /// Sends what is recorded, for a few seconds at most.
  @Override
  default void close() {}
}
