package dev.tenure.database;

import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.nio.file.FileSystemException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a failure of PostgreSQL means to whoever runs Tenure. Never shows statements or values.
public final class DatabaseProblems {
  private static final String NO_SPACE = "No space left on device";
  private static final String DISK_FULL = "53100";

  private DatabaseProblems() {}

  /// `DISK_FULL`, `DATABASE_UNREACHABLE` (also: connection lost), or `INTERNAL` with the SQLSTATE.
  public static Problem of(Exception failure) {
    if (isDiskFull(failure)) return diskFull(Map.of());
    return sqlException(failure)
        .map(DatabaseProblems::ofSql)
        .orElseGet(() -> internal("something unexpected happened", kind(failure)));
  }

  static boolean isDiskFull(Throwable failure) {
    return causes(failure)
        .anyMatch(cause ->
            (cause instanceof SQLException sql && DISK_FULL.equals(sql.getSQLState()))
                || (cause instanceof FileSystemException file && tellsDiskFull(file.getReason()))
                || tellsDiskFull(cause.getMessage()));
  }

  static boolean tellsDiskFull(@Nullable String text) {
    return text != null && text.contains(NO_SPACE);
  }

  static Problem diskFull(Map<String, String> details) {
    return new Problem(
        Code.DISK_FULL,
        "the disk is full",
        details,
        "make room on the disk of the data directory; nothing that was confirmed is lost");
  }

  /// The SQLSTATE that lies deepest; empty where PostgreSQL gave none.
  static String state(Throwable failure) {
    return sqlException(failure).map(SQLException::getSQLState).orElse("");
  }

  private static Problem ofSql(SQLException failure) {
    var state = Objects.requireNonNullElse(failure.getSQLState(), "");
    var lost = failure instanceof SQLTransientConnectionException;
    return switch (state) {
      case "28P01", "28000" ->
          unreachable(state, "PostgreSQL refused the user or the password", "check database.user");
      case "3D000" ->
          unreachable(state, "the database does not exist", "create it, or correct database.url");
      case "53300" ->
          unreachable(state, "PostgreSQL has no connection left", "raise its max_connections");
      default ->
          lost || state.startsWith("08") || state.startsWith("57P0")
              ? unreachable(
                  state, "there is no connection to PostgreSQL", "start it, and try again")
              : internal("PostgreSQL refused a statement", state);
    };
  }

  private static Problem unreachable(String state, String message, String remedy) {
    return new Problem(Code.DATABASE_UNREACHABLE, message, Map.of("sqlState", state), remedy);
  }

  private static String kind(Exception failure) {
    return failure.getClass().getSimpleName();
  }

  private static Problem internal(String message, String kind) {
    return new Problem(
        Code.INTERNAL, message, Map.of("kind", kind), "report this as a defect, with the log");
  }

  private static Optional<SQLException> sqlException(Throwable failure) {
    return causes(failure)
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast)
        .reduce((upper, deeper) -> deeper.getSQLState() == null ? upper : deeper);
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
  }
}
