package dev.tenure.organization.store;

import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// A value that must be unique is another's, or what is referred to does not exist.
public final class Taken extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final String UNIQUE = "23505";
  private static final String FOREIGN = "23503";
  private final String constraint;

  private Taken(String constraint) {
    super(constraint, null, false, false);
    this.constraint = constraint;
  }

  /// The constraint that would be broken, such as `scim_user_user_name`.
  public String constraint() {
    return constraint;
  }

  /// The failure itself where it is another one.
  static RuntimeException unless(UnableToExecuteStatementException failure) {
    if (failure.getCause() instanceof PSQLException cause) {
      var state = String.valueOf(cause.getSQLState());
      ServerErrorMessage message = cause.getServerErrorMessage();
      if ((state.equals(UNIQUE) || state.equals(FOREIGN)) && message != null) {
        return new Taken(String.valueOf(message.getConstraint()));
      }
    }
    return failure;
  }
}
