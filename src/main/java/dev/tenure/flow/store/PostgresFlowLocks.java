package dev.tenure.flow.store;

import dev.tenure.flow.FlowLocks;
import dev.tenure.id.FlowId;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Advisory locks: they belong to a connection, and end with it. Each held one keeps a connection
/// of the pool.
public final class PostgresFlowLocks implements FlowLocks {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresFlowLocks.class);

  private static final String TRY_LOCK =
      """
      select pg_try_advisory_lock(hashtextextended('flow/' || :flow, 7))\
      """;

  private static final String UNLOCK =
      """
      select pg_advisory_unlock(hashtextextended('flow/' || :flow, 7))\
      """;

  private final Jdbi jdbi;

  public PostgresFlowLocks(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public Optional<Held> tryLock(FlowId flow) {
    var handle = jdbi.open();
    var locked = false;
    try {
      locked = ask(handle, TRY_LOCK, flow);
      return locked ? Optional.of(() -> unlock(handle, flow)) : Optional.empty();
    } finally {
      if (!locked) handle.close();
    }
  }

  private static void unlock(Handle handle, FlowId flow) {
    try (handle) {
      ask(handle, UNLOCK, flow);
    } catch (JdbiException e) {
      // The lock went with its connection. What was done under it stays done.
      LOG.debug("flow {}: the connection of its lock was lost", flow, e);
    }
  }

  private static boolean ask(Handle handle, String statement, FlowId flow) {
    return handle.createQuery(statement).bind("flow", flow.value()).mapTo(Boolean.class).one();
  }
}
