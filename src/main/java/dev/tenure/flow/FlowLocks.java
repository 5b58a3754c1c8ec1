package dev.tenure.flow;

import dev.tenure.id.FlowId;
import java.time.Duration;
import java.util.Optional;

/// Keeps a flow to one process at a time, over all that share the database.
public interface FlowLocks {
  /// The lock; closing it lets others in. Where the process dies, PostgreSQL does.
  interface Held extends AutoCloseable {
    @Override
    void close();
  }

  /// The flow's lock; who waits longer gets it first. Absent where somebody else kept it for so
  /// long.
  Optional<Held> lock(FlowId flow, Duration wait);
}
