package dev.tenure.database;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.PGConnection;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Writes a backup: a ZIP with `tables/NAME` for each table, `files/NAME`, and `backup.json` with
/// the checksums of all these. The comment of the ZIP is the checksum of `backup.json`.
///
/// All tables are read in one transaction that sees one moment, whatever is written meanwhile.
final class BackupWriter {
  static final String CONTENT = "backup.json";

  /// Independent of what the role or the database has set, as pg_dump does it.
  private static final String SAME_EVERYWHERE =
      "set datestyle = iso; set intervalstyle = postgres; set extra_float_digits = 1;"
          + " set bytea_output = hex; set timezone = utc; set statement_timeout = 0;"
          + " set idle_in_transaction_session_timeout = 0";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Connection connection;
  private final ZipOutputStream zip;
  private final Instant now;
  private final Backup.Progress progress;
  private long done;

  BackupWriter(Connection connection, OutputStream out, Instant now, Backup.Progress progress) {
    this.connection = connection;
    this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    this.now = now;
    this.progress = progress;
    zip.setLevel(Deflater.BEST_SPEED);
  }

  /// Writes everything; the stream beneath stays open. Empty where the database has no tables of
  /// Tenure.
  Optional<Backup> write(Path data, String tenure)
      throws IOException, SQLException, InterruptedException {
    begin();
    var migrations = Migrations.done(Jdbi.create(connection));
    if (migrations.isEmpty()) return Optional.empty();
    var catalogue = Catalogue.of(connection);
    var tables = new ArrayList<Backup.Table>();
    for (var table : catalogue.tables()) tables.add(table(table, catalogue.rowsAbout()));
    // Sequences stand outside of the transaction: read last, they are ahead of all its rows.
    var sequences = Catalogue.of(connection).sequences();
    var backup =
        new Backup(
            Backup.FORMAT,
            now,
            tenure,
            migrations.stream().sorted().toList(),
            connection.getMetaData().getDatabaseMajorVersion(),
            tables,
            sequences,
            files(data));
    finish(backup);
    return Optional.of(backup);
  }

  private void begin() throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(SAME_EVERYWHERE);
    }
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setReadOnly(true);
    connection.setAutoCommit(false);
  }

  private Backup.Table table(Catalogue.Table table, long rowsAbout)
      throws IOException, SQLException, InterruptedException {
    var digest = Checksum.sha256();
    zip.putNextEntry(entry("tables/" + table.name()));
    var out = new DigestOutputStream(zip, digest);
    var copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut("copy " + table.listed() + " to stdout");
    long rows = 0;
    for (var row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
      out.write(row);
      rows++;
      progress.at(Math.max(rowsAbout, done + rows), done + rows);
      if (Thread.interrupted()) throw new InterruptedException();
    }
    done += rows;
    zip.closeEntry();
    var sha256 = HexFormat.of().formatHex(digest.digest());
    return new Backup.Table(table.name(), table.columns(), rows, sha256);
  }

  private List<Backup.Kept> files(Path data) throws IOException {
    var kept = new ArrayList<Backup.Kept>();
    for (var name : KeptFiles.in(data)) {
      byte[] bytes;
      try {
        bytes = Files.readAllBytes(data.resolve(name));
      } catch (NoSuchFileException _) {
        continue;
      }
      put("files/" + name, bytes);
      kept.add(new Backup.Kept(name, Checksum.of(bytes)));
    }
    return kept;
  }

  private void finish(Backup backup) throws IOException {
    var bytes = JSON.writeValueAsBytes(backup);
    put(CONTENT, bytes);
    zip.setComment(Checksum.of(bytes));
    zip.finish();
    zip.flush();
  }

  private void put(String name, byte[] bytes) throws IOException {
    zip.putNextEntry(entry(name));
    zip.write(bytes);
    zip.closeEntry();
  }

  private ZipEntry entry(String name) {
    var entry = new ZipEntry(name);
    entry.setTime(now.toEpochMilli());
    return entry;
  }
}
