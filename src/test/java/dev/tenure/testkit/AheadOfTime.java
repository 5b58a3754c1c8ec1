package dev.tenure.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The product as a jar with a cache of its classes (JEP 514), as `./tenure` makes them: a cache
/// takes no folders of classes. It is made by one run of everything.
final class AheadOfTime {
  private final Path folder;
  private final String classPath;

  private AheadOfTime(Path folder, String classPath) {
    this.folder = folder;
    this.classPath = classPath;
  }

  /// Made by the first who asks, gone when the JVM ends.
  static final AheadOfTime IT = made();

  /// What a JVM has to be told.
  List<String> options() {
    return List.of("-XX:AOTCache=" + cache(), "-Xlog:disable", "-cp", classPath);
  }

  private Path cache() {
    return folder.resolve("tenure.aot");
  }

  private static AheadOfTime made() {
    try {
      var folder = Files.createTempDirectory("ahead");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
      var made = new AheadOfTime(folder, jarred(folder));
      made.train();
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The class path with jars in place of its folders.
  private static String jarred(Path folder) {
    var jar = ToolProvider.findFirst("jar").orElseThrow();
    var entries = new ArrayList<String>();
    for (var entry : Product.classes().split(File.pathSeparator, -1)) {
      if (!Files.isDirectory(Path.of(entry))) {
        entries.add(entry);
        continue;
      }
      var packed = folder.resolve(entries.size() + ".jar").toString();
      if (jar.run(System.out, System.err, "-c", "-f", packed, "-C", entry, ".") != 0) {
        throw new IllegalStateException("no jar of " + entry);
      }
      entries.add(packed);
    }
    return entries.stream().collect(Collectors.joining(File.pathSeparator));
  }

  private void train() throws IOException {
    var line = new ArrayList<>(Product.JAVA);
    line.addAll(
        List.of(
            "-XX:AOTCacheOutput=" + cache(),
            "-Xlog:disable",
            "-Dtenure.postgres=" + TestDatabase.programs(),
            "-cp",
            classPath,
            "dev.tenure.Main"));
    line.addAll(List.of("quickstart", "--exit", "--size", "100", "--port", "0"));
    line.addAll(List.of("--data", folder.resolve("data").toString()));
    var log = folder.resolve("log").toFile();
    var builder = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log);
    try {
      if (builder.start().waitFor() != 0 || !Files.exists(cache())) {
        throw new IllegalStateException(Files.readString(log.toPath()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
