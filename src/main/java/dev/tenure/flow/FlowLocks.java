package dev.tenure.flow;

import dev.tenure.id.FlowId;
import java.time.Duration;
import java.util.Optional;

/// Keeps a flow to one process at a time, over all that share the database, and the seats of a
/// target to one flow.
public interface FlowLocks {
  /// The lock; closing it lets others in. Where the process dies, PostgreSQL does.
  interface Held extends AutoCloseable {
    @Override
    void close();
  }

  /// The flow's lock; who waits longer gets it first. Absent where somebody else kept it for so
  /// long.
  Optional<Held> lock(FlowId flow, Duration wait);

  /// The same for who counts the seats of this target ([Flow.Shared]) until what it plans to take
  /// of them is kept.
  Optional<Held> seats(String target, Duration wait);
}
