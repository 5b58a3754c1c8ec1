package dev.tenure.organization.store;

import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimType;
import java.util.Optional;
import org.postgresql.util.PSQLException;

/// What the database refuses because of what a client sent: that is the client's error, and not one
/// of the server.
public final class DatabaseFailures {
  private static final String TOO_LONG = "54000";
  private static final String CANCELLED = "57014";
  private static final String BAD_VALUE = "22";

  private DatabaseFailures() {}

  /// The answer; absent where the failure is another one.
  public static Optional<ScimException> of(RuntimeException failure) {
    if (!(failure.getCause() instanceof PSQLException cause)) return Optional.empty();
    var state = String.valueOf(cause.getSQLState());
    if (state.equals(CANCELLED)) {
      return Optional.of(
          ScimException.bad(
              ScimType.tooMany, "this list takes too long: narrow its filter, or do not sort it"));
    }
    if (state.equals(TOO_LONG)) {
      return Optional.of(
          ScimException.bad(
              ScimType.invalidValue, "a value that can be searched by is too long to be kept"));
    }
    return state.startsWith(BAD_VALUE)
        ? Optional.of(
            ScimException.bad(ScimType.invalidValue, "a value cannot be kept or compared"))
        : Optional.empty();
  }
}
