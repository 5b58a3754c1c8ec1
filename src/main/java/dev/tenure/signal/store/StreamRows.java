package dev.tenure.signal.store;

import dev.tenure.config.Secret;
import dev.tenure.id.Correlation;
import dev.tenure.id.OrganizationId;
import dev.tenure.signal.EventStream;
import dev.tenure.signal.EventStream.Delivery;
import dev.tenure.signal.EventStream.State;
import dev.tenure.signal.EventStream.Status;
import dev.tenure.signal.EventStream.SubjectFormat;
import dev.tenure.signal.EventStream.Subscription;
import dev.tenure.signal.StreamKey;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/// Streams as rows.
final class StreamRows {
  static final String COLUMNS =
      """
      s.organization, s.id, s.client, s.issuer, s.audience, s.method, s.endpoint, s.header,
        s.requested, s.delivered, s.format, s.description, s.status, s.reason,
        s.failures\
      """;

  private StreamRows() {}

  /// Binds `:organization` and `:stream`.
  static <S extends SqlStatement<S>> S of(S statement, StreamKey stream) {
    return of(statement, stream.organization()).bind("stream", stream.id());
  }

  /// Binds `:organization`.
  static <S extends SqlStatement<S>> S of(S statement, OrganizationId organization) {
    return statement.bind("organization", organization.value());
  }

  /// Binds `:actor` and `:correlation`, for a statement that writes audit rows.
  static <S extends SqlStatement<S>> S audited(S statement) {
    var correlation = Correlation.current();
    return statement.bind("actor", correlation.actor()).bind("correlation", correlation.id());
  }

  /// Binds all that a receiver says of its stream.
  static <S extends SqlStatement<S>> S contents(S statement, EventStream stream) {
    var subscription = stream.subscription();
    var push = stream.delivery() instanceof Delivery.Push p ? p : null;
    return statement
        .bind("method", push == null ? "poll" : "push")
        .bind("endpoint", push == null ? null : push.endpoint().toString())
        .bind("header", new Hidden(header(push)))
        .bind("requested", subscription.requested().map(StreamRows::array).orElse(null))
        .bind("delivered", array(subscription.delivered()))
        .bind("format", subscription.format().wire())
        .bind("description", subscription.description().orElse(null));
  }

  private static @Nullable String header(Delivery.@Nullable Push push) {
    return push == null ? null : push.authorization().map(Secret::reveal).orElse(null);
  }

  static String[] array(List<String> texts) {
    return texts.toArray(String[]::new);
  }

  static StreamKey key(ResultSet row) throws SQLException {
    return new StreamKey(
        new OrganizationId(row.getString("organization")), row.getObject("id", UUID.class));
  }

  static EventStream stream(ResultSet row) throws SQLException {
    return new EventStream(
        key(row),
        row.getString("client"),
        row.getString("issuer"),
        row.getString("audience"),
        new Subscription(
            texts(row, "requested"),
            texts(row, "delivered").orElse(List.of()),
            SubjectFormat.valueOf(constant(row, "format")),
            text(row, "description")),
        delivery(row),
        new Status(State.valueOf(constant(row, "status")), text(row, "reason")));
  }

  private static Delivery delivery(ResultSet row) throws SQLException {
    if (row.getString("method").equals("poll")) return new Delivery.Poll();
    return new Delivery.Push(
        URI.create(row.getString("endpoint")), text(row, "header").map(Secret::new));
  }

  private static String constant(ResultSet row, String column) throws SQLException {
    return row.getString(column).toUpperCase(Locale.ROOT);
  }

  static Optional<String> text(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  static Optional<List<String>> texts(ResultSet row, String column) throws SQLException {
    var array = row.getArray(column);
    return array == null ? Optional.empty() : Optional.of(List.of((String[]) array.getArray()));
  }
}
