package dev.tenure.database;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;

import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// The programs of PostgreSQL, from the archive on the class path.
final class Binaries {
  /// Of the archive in pom.xml; a test compares it with what the programs say.
  static final String VERSION = "18.6";

  static final int MAJOR = 18;

  /// System property: a folder where the launcher keeps them unpacked; copying is quicker.
  private static final String READY = "tenure.postgres";

  private Binaries() {}

  /// The folder with `bin/postgres`, unpacked below `parent` where it is not there yet: to a
  /// neighbour first, so that a folder with the right name is whole.
  static Path unpack(Path parent) throws IOException {
    var folder = parent.resolve(VERSION + "-" + System.getProperty("os.arch"));
    if (Files.isDirectory(folder)) return folder;
    var next = parent.resolve(folder.getFileName() + ".new");
    delete(next);
    Files.createDirectory(next);
    var ready = Path.of(System.getProperty(READY, "")).resolve(folder.getFileName());
    if (Files.isDirectory(ready)) copy(ready, next);
    else extract(next);
    return Files.move(next, folder, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void extract(Path folder) throws IOException {
    try (var archive = open(archive())) {
      for (var e = archive.getNextEntry(); e != null; e = archive.getNextEntry()) {
        write(archive, e, folder);
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var all = Files.walk(from)) {
      for (var path : all.skip(1).toList()) {
        var place = to.resolve(from.relativize(path));
        Files.copy(path, place, COPY_ATTRIBUTES, NOFOLLOW_LINKS);
      }
    }
  }

  /// Deletes a folder with all that is in it; nothing where there is none.
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) return;
    try (var all = Files.walk(folder)) {
      for (var path : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
    }
  }

  private static TarArchiveInputStream open(URL archive) throws IOException {
    InputStream packed = new BufferedInputStream(archive.openStream(), 1 << 16);
    return new TarArchiveInputStream(new BufferedInputStream(new XZInputStream(packed), 1 << 16));
  }

  private static void write(InputStream archive, TarArchiveEntry entry, Path folder)
      throws IOException {
    var path = folder.resolve(entry.getName()).normalize();
    if (!path.startsWith(folder)) throw new IOException("a path leads out: " + entry.getName());
    Files.createDirectories(Objects.requireNonNull(path.getParent()));
    if (entry.isDirectory()) Files.createDirectories(path);
    else if (entry.isSymbolicLink()) Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    else if (entry.isLink()) Files.createLink(path, folder.resolve(entry.getLinkName()));
    else writeFile(archive, path, (entry.getMode() & 0100) != 0);
  }

  private static void writeFile(InputStream archive, Path path, boolean program)
      throws IOException {
    Files.copy(archive, path);
    var mode = program ? "rwxr-xr-x" : "rw-r--r--";
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private static URL archive() {
    return names()
        .map(Binaries.class::getResource)
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .findFirst()
        .orElseThrow(() -> unsupported().found());
  }

  private static Stream<String> names() {
    var system = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
    return switch (System.getProperty("os.arch")) {
      case "amd64", "x86_64" -> Stream.of("/postgres-" + system + "-x86_64.txz");
      case "aarch64" ->
          Stream.of("arm_64", "arm64v8", "aarch64")
              .map(a -> "/postgres-" + system + "-" + a + ".txz");
      default -> Stream.empty();
    };
  }

  private static Problem unsupported() {
    var platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    return new Problem(
        Code.PLATFORM_UNSUPPORTED,
        "there is no PostgreSQL for this platform in this build",
        Map.of("platform", platform),
        "build on this platform, or set database.url to a PostgreSQL 15 or newer");
  }
}
