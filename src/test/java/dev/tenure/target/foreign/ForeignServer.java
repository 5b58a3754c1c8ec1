package dev.tenure.target.foreign;

import dev.tenure.config.Secret;
import dev.tenure.scim.schema.Schemas;
import dev.tenure.target.scim.ScimTarget;
import dev.tenure.target.scim.ScimTargetConfig;
import dev.tenure.testkit.Product;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/// A SCIM server of Node.js, started empty on a port of its own. The packages are installed below
/// `target` by the first who asks.
public final class ForeignServer implements AutoCloseable {
  public static final String TOKEN = "the-token-of-a-foreign-server";

  private static final Path FOLDER = Path.of("target", "foreign").toAbsolutePath();
  private static final Pattern SERVING = Pattern.compile("serving at (\\S+)");

  private final Process process;
  private final Path said;
  private final URI base;

  private ForeignServer(Process process, Path said) {
    this.process = process;
    this.said = said;
    if (!Product.until(() -> SERVING.matcher(read(said)).find() || !process.isAlive())
        || !process.isAlive()) {
      throw new AssertionError("it does not serve: " + read(said));
    }
    var found = SERVING.matcher(read(said));
    this.base = URI.create(found.find() ? found.group(1) : "");
  }

  /// `name` is that of a script beside `package.json`, without its ending.
  public static ForeignServer start(String name) {
    install();
    try {
      var said = Files.createTempFile(name, ".out");
      var builder =
          new ProcessBuilder("node", name + ".mjs")
              .directory(FOLDER.toFile())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile());
      builder.environment().put("SCIM_TOKEN", TOKEN);
      return new ForeignServer(builder.start(), said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Once for each state of the list of packages.
  private static synchronized void install() {
    try {
      Files.createDirectories(FOLDER);
      var isNew = copy("package-lock.json", "package-lock.json");
      copy("package.json", "package.json");
      copy("npmrc", ".npmrc");
      copy("scimmy.mjs", "scimmy.mjs");
      copy("better-auth.mjs", "better-auth.mjs");
      if (isNew || !Files.exists(FOLDER.resolve("installed"))) {
        var log = FOLDER.resolve("npm.log");
        var npm = new ProcessBuilder(List.of("npm", "ci")).directory(FOLDER.toFile());
        var exit = npm.redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor();
        if (exit != 0) throw new AssertionError("npm ci: " + read(log));
        Files.writeString(FOLDER.resolve("installed"), "");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Whether it differs from what was there.
  private static boolean copy(String resource, String name) throws IOException {
    var to = FOLDER.resolve(name);
    try (var stream =
        ForeignServer.class.getResourceAsStream("/dev/tenure/target/foreign/" + resource)) {
      if (stream == null) throw new IllegalStateException(resource);
      var next = FOLDER.resolve(name + ".next");
      Files.copy(stream, next, StandardCopyOption.REPLACE_EXISTING);
      var differs = !Files.exists(to) || Files.mismatch(next, to) >= 0;
      Files.move(next, to, StandardCopyOption.REPLACE_EXISTING);
      return differs;
    }
  }

  public URI base() {
    return base;
  }

  /// A connector to it.
  public ScimTarget target() {
    var config =
        new ScimTargetConfig(base, () -> new Secret(TOKEN), Duration.ofSeconds(20), 10, false, 100);
    return new ScimTarget(
        config,
        Schemas.standard().user(),
        Clock.systemUTC(),
        wait -> {
          throw new AssertionError("nothing to wait for");
        });
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
