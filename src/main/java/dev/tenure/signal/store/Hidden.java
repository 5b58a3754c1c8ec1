package dev.tenure.signal.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/// A secret text as a statement binds it: the message of a failure has all bound values, but not
/// this one (law 10).
record Hidden(@Nullable String text) implements Argument {
  @Override
  public void apply(int position, PreparedStatement statement, StatementContext context)
      throws SQLException {
    statement.setString(position, text);
  }

  @Override
  public String toString() {
    return "hidden";
  }
}
