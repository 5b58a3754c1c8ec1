package dev.tenure.flow;

import dev.tenure.id.FlowId;
import java.util.Optional;

/// Keeps a flow to one process at a time, over all that share the database.
public interface FlowLocks {
  /// The lock; closing it lets others in. Where the process dies, PostgreSQL does.
  interface Held extends AutoCloseable {
    @Override
    void close();
  }

  /// The flow's lock, absent where somebody else has it.
  Optional<Held> tryLock(FlowId flow);
}
