package dev.tenure.testkit;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A server of Node.js that others wrote. Its packages are installed below `target` by the first
/// who asks, as the lock file among the resources says; the script beside it prints `serving at
/// ADDRESS` when it does.
public final class NodeServer implements AutoCloseable {
  private static final Pattern SERVING = Pattern.compile("serving at (\\S+)");

  private final Process process;
  private final Path said;
  private final URI base;

  private NodeServer(Process process, Path said) {
    this.process = process;
    this.said = said;
    if (!Product.until(() -> SERVING.matcher(read(said)).find() || !process.isAlive())
        || !process.isAlive()) {
      throw new AssertionError("it does not serve: " + read(said));
    }
    var found = SERVING.matcher(read(said));
    this.base = URI.create(found.find() ? found.group(1) : "");
  }

  /// `resources` is the folder of `package.json` on the class path, with slashes around it;
  /// `script` the name of a file there, without its ending.
  public static NodeServer start(String resources, String script, Map<String, String> environment) {
    var folder = Path.of("target", "node", Path.of(resources).getFileName().toString());
    var installation = new Installation(resources, folder.toAbsolutePath());
    install(installation, script);
    try {
      var said = Files.createTempFile(script, ".out");
      var builder =
          new ProcessBuilder("node", script + ".mjs")
              .directory(installation.folder().toFile())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile());
      builder.environment().putAll(environment);
      return new NodeServer(builder.start(), said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static synchronized void install(Installation installation, String script) {
    try {
      installation.install(script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Where the packages are.
  private record Installation(String resources, Path folder) {
    /// Once for each state of the list of packages.
    void install(String script) throws IOException, InterruptedException {
      Files.createDirectories(folder);
      var lock = folder.resolve("lock");
      // Tests run in several processes.
      try (var channel = FileChannel.open(lock, CREATE, WRITE);
          var held = channel.lock()) {
        if (held.isValid()) installed(script);
      }
    }

    private void installed(String script) throws IOException, InterruptedException {
      var isNew = copy("package-lock.json", "package-lock.json");
      copy("package.json", "package.json");
      copy("npmrc", ".npmrc");
      copy(script + ".mjs", script + ".mjs");
      if (isNew || !Files.exists(folder.resolve("installed"))) fetch();
    }

    private void fetch() throws IOException, InterruptedException {
      var log = folder.resolve("npm.log");
      var npm = new ProcessBuilder(List.of("npm", "ci")).directory(folder.toFile());
      var exit = npm.redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor();
      if (exit != 0) throw new AssertionError("npm ci: " + read(log));
      Files.writeString(folder.resolve("installed"), "");
    }

    /// Whether it differs from what was there.
    private boolean copy(String resource, String name) throws IOException {
      var to = folder.resolve(name);
      try (var stream = NodeServer.class.getResourceAsStream(resources + resource)) {
        if (stream == null) throw new IllegalStateException(resource);
        var next = folder.resolve(name + ".next");
        Files.copy(stream, next, StandardCopyOption.REPLACE_EXISTING);
        var differs = !Files.exists(to) || Files.mismatch(next, to) >= 0;
        Files.move(next, to, StandardCopyOption.REPLACE_EXISTING);
        return differs;
      }
    }
  }

  public URI base() {
    return base;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
      Files.delete(said);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
