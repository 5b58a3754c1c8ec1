package dev.tenure.database;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/// A statement with named parameters (`:name`), for the few that each request needs: it is taken
/// apart once, and run by JDBC alone. On these, Jdbi takes longer than PostgreSQL (decision 0060).
///
/// Fails as Jdbi does, with [UnableToExecuteStatementException].
public final class Prepared {
  /// Texts and casts are passed over.
  private static final Pattern PARAMETER = Pattern.compile("'[^']*'|::|:([a-zA-Z]\\w*)");

  private static final int REMEMBERED_CHARACTERS_MAX = 8 << 20;
  private static final LoadingCache<String, Prepared> REMEMBERED =
      Caffeine.newBuilder()
          .maximumWeight(REMEMBERED_CHARACTERS_MAX)
          .weigher((String text, Prepared _) -> text.length())
          .build(Prepared::new);

  private final String sql;
  private final List<String> names = new ArrayList<>();

  private Prepared(String text) {
    this.sql =
        PARAMETER
            .matcher(text)
            .replaceAll(found -> {
              if (found.group(1) == null) return Matcher.quoteReplacement(found.group());
              names.add(found.group(1));
              return "?";
            });
  }

  public static Prepared of(String text) {
    return REMEMBERED.get(text);
  }

  /// A query that PostgreSQL is to plan once for whatever values. It would plan it anew each time
  /// where a limit is a parameter, and that takes as long as reading a page.
  public static Prepared ofOnePlan(String query) {
    return of("set plan_cache_mode = force_generic_plan; " + query + "; reset plan_cache_mode");
  }

  /// Reads a row where the result stands.
  public interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /// What is bound and how: values by the names of their parameters, `null` for none.
  public int update(Connection connection, Map<String, ? extends @Nullable Object> values) {
    try (var statement = bound(connection, values)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /// All rows.
  public <T> List<T> query(
      Connection connection, Map<String, ? extends @Nullable Object> values, Reader<T> reader) {
    try (var statement = bound(connection, values)) {
      return read(statement, reader);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /// All rows, or a failure after so many seconds.
  public <T> List<T> query(
      Connection connection,
      Map<String, ? extends @Nullable Object> values,
      Reader<T> reader,
      int secondsMax) {
    try (var statement = bound(connection, values)) {
      statement.setQueryTimeout(secondsMax);
      return read(statement, reader);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /// The first row, if there is one.
  public <T> Optional<T> first(
      Connection connection, Map<String, ? extends @Nullable Object> values, Reader<T> reader) {
    return query(connection, values, reader).stream().findFirst();
  }

  private static <T> List<T> read(PreparedStatement statement, Reader<T> reader)
      throws SQLException {
    // The rows may stand between what changes a setting and what changes it back.
    for (boolean isRows = statement.execute(); !isRows; ) isRows = statement.getMoreResults();
    try (var rows = statement.getResultSet()) {
      var all = new ArrayList<T>();
      while (rows.next()) all.add(reader.read(rows));
      return all;
    }
  }

  private PreparedStatement bound(
      Connection connection, Map<String, ? extends @Nullable Object> values) throws SQLException {
    var statement = connection.prepareStatement(sql);
    try {
      for (int i = 0; i < names.size(); i++) {
        var name = names.get(i);
        if (!values.containsKey(name)) throw new SQLException("nothing is bound to :" + name);
        bind(statement, i + 1, values.get(name));
      }
      return statement;
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  private static void bind(PreparedStatement statement, int at, @Nullable Object value)
      throws SQLException {
    switch (value) {
      case null -> statement.setNull(at, Types.NULL);
      case String text -> statement.setString(at, text);
      case Instant instant -> statement.setObject(at, instant.atOffset(ZoneOffset.UTC));
      case String[] texts -> array(statement, at, "text", texts);
      case UUID[] ids -> array(statement, at, "uuid", ids);
      case Long[] numbers -> array(statement, at, "int8", numbers);
      case Integer[] numbers -> array(statement, at, "int4", numbers);
      case BigDecimal number -> statement.setBigDecimal(at, number);
      default -> statement.setObject(at, value);
    }
  }

  private static void array(PreparedStatement statement, int at, String type, Object[] elements)
      throws SQLException {
    statement.setArray(at, statement.getConnection().createArrayOf(type, elements));
  }

  private static UnableToExecuteStatementException failed(SQLException cause) {
    return new UnableToExecuteStatementException(cause, null);
  }
}
