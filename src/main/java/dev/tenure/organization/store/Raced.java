package dev.tenure.organization.store;

import java.util.function.Supplier;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.postgresql.util.PSQLException;

/// Statements that PostgreSQL ended because each of two waited for the other. Nothing of them was
/// done.
final class Raced {
  private static final int TRIES_MAX = 10;
  private static final String DEADLOCK = "40P01";

  private Raced() {}

  /// Does the work, again where it was ended so.
  static <T> T retried(Supplier<T> work) {
    for (int tries = 1; ; tries++) {
      try {
        return work.get();
      } catch (UnableToExecuteStatementException e) {
        if (tries == TRIES_MAX || !isDeadlock(e)) throw e;
      }
    }
  }

  private static boolean isDeadlock(UnableToExecuteStatementException failure) {
    return failure.getCause() instanceof PSQLException cause
        && DEADLOCK.equals(cause.getSQLState());
  }
}
