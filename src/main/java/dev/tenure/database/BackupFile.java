package dev.tenure.database;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// A backup to read from. What [#open] gives is whole: every byte of it was compared.
final class BackupFile implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final int CONTENT_MAX = 16 << 20;

  // What a later version adds must not make its format unreadable before its number was looked at.
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final Path file;
  private final ZipFile zip;
  private final Backup content;

  private BackupFile(Path file, ZipFile zip, Backup content) {
    this.file = file;
    this.zip = zip;
    this.content = content;
  }

  /// Opens it and compares all that is in it with its checksums. Throws [Problem.Found] with
  /// `BACKUP_FILE`, `BACKUP_DAMAGED` or `DATA_NEWER`.
  static BackupFile open(Path file, Backup.Progress progress)
      throws IOException, InterruptedException {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw BackupProblems.file(
              file, "the backup cannot be read", "name a file that 'tenure backup' wrote")
          .found();
    }
    ZipFile zip = null;
    try {
      zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8);
      var backup = new BackupFile(file, zip, content(file, zip));
      backup.compare(progress);
      return backup;
    } catch (ZipException | EOFException | IllegalArgumentException e) {
      if (zip != null) zip.close();
      throw BackupProblems.damaged(file, String.valueOf(e.getMessage())).found();
    } catch (IOException | InterruptedException | RuntimeException e) {
      if (zip != null) zip.close();
      throw e;
    }
  }

  Path file() {
    return file;
  }

  Backup content() {
    return content;
  }

  /// The rows, as `COPY` wrote them.
  InputStream rows(Backup.Table table) throws IOException {
    return stream(table.entry());
  }

  byte[] bytes(Backup.Kept kept) throws IOException {
    try (var in = stream(kept.entry())) {
      return in.readAllBytes();
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  private static Backup content(Path file, ZipFile zip) throws IOException {
    var entry = zip.getEntry(BackupWriter.CONTENT);
    if (entry == null) throw BackupProblems.damaged(file, "it is no backup of Tenure").found();
    byte[] bytes;
    try (var in = zip.getInputStream(entry)) {
      bytes = in.readNBytes(CONTENT_MAX);
    }
    if (!Checksum.of(bytes).equals(zip.getComment())) {
      throw BackupProblems.damaged(file, BackupWriter.CONTENT + " differs").found();
    }
    try {
      var tree = JSON.readTree(bytes);
      if (tree.path("format").asInt(0) > Backup.FORMAT) {
        throw BackupProblems.newer(file, tree.path("tenure").asString("")).found();
      }
      return JSON.treeToValue(tree, Backup.class);
    } catch (JacksonException _) {
      throw BackupProblems.damaged(file, BackupWriter.CONTENT + " cannot be read").found();
    }
  }

  private void compare(Backup.Progress progress) throws IOException, InterruptedException {
    for (var kept : content.files()) {
      if (!KeptFiles.isKnown(kept.name())) {
        throw BackupProblems.damaged(file, kept.name() + " has no place in it").found();
      }
      compare(kept.entry(), kept.sha256());
    }
    long done = 0;
    for (var table : content.tables()) {
      compare(table.entry(), table.sha256());
      done += table.rows();
      progress.at(content.rows(), done);
      if (Thread.interrupted()) throw new InterruptedException();
    }
    Migrations.newest(Set.copyOf(content.migrations()))
        .ifPresent(_ -> {
          throw BackupProblems.newer(file, content.tenure()).found();
        });
  }

  private void compare(String name, String sha256) throws IOException {
    var digest = Checksum.sha256();
    try (var in = stream(name)) {
      var buffer = new byte[BUFFER];
      for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    if (HexFormat.of().formatHex(digest.digest()).equals(sha256)) return;
    throw BackupProblems.damaged(file, name + " differs").found();
  }

  private InputStream stream(String name) throws IOException {
    var entry = zip.getEntry(name);
    if (entry == null) throw BackupProblems.damaged(file, name + " is missing").found();
    return Objects.requireNonNull(zip.getInputStream(entry));
  }
}
