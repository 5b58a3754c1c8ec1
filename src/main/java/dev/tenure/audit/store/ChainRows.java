package dev.tenure.audit.store;

import dev.tenure.audit.AuditJson;
import dev.tenure.audit.Chain;
import dev.tenure.audit.ChainStore.End;
import dev.tenure.audit.ChainStore.Waiting;
import dev.tenure.audit.Checkpoint;
import dev.tenure.audit.Checkpoint.Purpose;
import dev.tenure.audit.Details;
import dev.tenure.audit.Hash;
import dev.tenure.audit.PublicKeys;
import dev.tenure.audit.SealedRow;
import dev.tenure.audit.SealedRow.Heading;
import dev.tenure.audit.Tree;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Rows as the words of this part.
final class ChainRows {
  private ChainRows() {}

  static End end(ResultSet row) throws SQLException {
    var log = row.getString("log");
    var seq = row.getLong("seq");
    var chain =
        new Chain(log, Hash.ofBytes(row.getBytes("hash")), Tree.of(seq, row.getBytes("frontier")));
    Optional<Checkpoint> signed =
        row.getString("key") == null ? Optional.empty() : Optional.of(checkpoint(row, log));
    return new End(chain, signed, row.getLong("kept_seq"), optionalInstant(row, "kept_at"));
  }

  /// The columns `seq`, `hash`, `root`, `signed_at`, `key`, `signature`.
  static Checkpoint checkpoint(ResultSet row, String log) throws SQLException {
    return new Checkpoint(
        Purpose.CHECKPOINT,
        log,
        row.getLong("seq"),
        Hash.ofBytes(row.getBytes("hash")),
        Hash.ofBytes(row.getBytes("root")),
        0,
        instant(row, "signed_at"),
        row.getString("key"),
        HexFormat.of().formatHex(row.getBytes("signature")));
  }

  static Waiting waiting(ResultSet row, String log) throws SQLException {
    return new Waiting(
        heading(row, log),
        row.getString("subject"),
        Optional.ofNullable(row.getString("person")),
        AuditJson.read(row.getString("detail")));
  }

  static SealedRow sealed(ResultSet row, String log) throws SQLException {
    return new SealedRow(
        heading(row, log),
        row.getLong("seq"),
        Hash.ofBytes(row.getBytes("commitment")),
        Hash.ofBytes(row.getBytes("hash")),
        details(row, row.getString("salt")));
  }

  static PublicKeys.Entry key(ResultSet row) throws SQLException {
    return new PublicKeys.Entry(
        row.getBytes("public"), instant(row, "made"), optionalInstant(row, "retired"));
  }

  /// A row that lost a part only is as good as changed: what is missing counts as empty.
  private static Optional<Details> details(ResultSet row, @Nullable String salt)
      throws SQLException {
    if (salt == null) return Optional.empty();
    return Optional.of(
        new Details(
            salt,
            Optional.ofNullable(row.getString("subject")).orElse(""),
            Optional.ofNullable(row.getString("person")),
            AuditJson.read(Optional.ofNullable(row.getString("detail")).orElse("null"))));
  }

  private static Heading heading(ResultSet row, String log) throws SQLException {
    return new Heading(
        log,
        row.getLong("id"),
        instant(row, "at"),
        row.getString("actor"),
        row.getString("action"),
        row.getString("correlation"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static Optional<Instant> optionalInstant(ResultSet row, String column)
      throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
