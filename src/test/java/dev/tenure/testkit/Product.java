package dev.tenure.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The built product as processes of its own, with a folder for its configuration and its data.
/// Ends all that it started.
public final class Product implements AutoCloseable {
  /// Longer than anything takes on a loaded machine.
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /// A JVM as `./tenure` starts it for a command.
  static final List<String> JAVA =
      List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xss512k",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private static final Pattern SERVING = Pattern.compile("serving at (\\S+)");

  private final Path folder;
  private final List<String> user;
  private final List<String> classPath;
  private final Map<String, String> environment = new HashMap<>();
  private final List<Running> started = new ArrayList<>();

  private Product(Path folder, List<String> user, List<String> classPath) {
    this.folder = folder;
    this.user = user;
    this.classPath = classPath;
  }

  /// As the user of this test.
  public static Product here() {
    return new Product(open("product"), List.of(), List.of("-cp", classes()));
  }

  /// The same for who runs a hundred commands: they start in half the time, after some that are
  /// spent on it once.
  public static Product quick() {
    return new Product(open("product"), List.of(), AheadOfTime.IT.options());
  }

  /// As an ordinary user: the one of this test, or nobody where that is root.
  public static Product asOrdinaryUser() {
    if (!isRoot()) return here();
    var product = open("product");
    var nobody = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
    own(product, 65534);
    return new Product(product, nobody, List.of("-cp", readableByAll(product)));
  }

  public static boolean isRoot() {
    return owner(Path.of("/proc/self")) == 0;
  }

  /// A new folder that others may pass through, as PostgreSQL's own user must.
  private static Path open(String name) {
    try {
      var folder = Files.createTempDirectory(name);
      return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The class path of this test, without the tests.
  static String classes() {
    var tests = place(Product.class);
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.isEmpty() && !Path.of(entry).toAbsolutePath().equals(tests))
        .reduce((one, other) -> one + File.pathSeparator + other)
        .orElseThrow();
  }

  private static Path place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String readableByAll(Path folder) {
    var copies = new ArrayList<String>();
    for (var entry : classes().split(File.pathSeparator, -1)) {
      var copy = folder.resolve(copies.size() + "-" + Path.of(entry).getFileName());
      execute(List.of("cp", "-r", entry, copy.toString()));
      copies.add(copy.toString());
    }
    execute(List.of("chmod", "-R", "go+rX", folder.toString()));
    return String.join(File.pathSeparator, copies);
  }

  private static void execute(List<String> command) {
    try {
      var process = new ProcessBuilder(command).inheritIO().start();
      if (process.waitFor() != 0) throw new IllegalStateException("failed: " + command);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void own(Path path, int uid) {
    try {
      Files.setAttribute(path, "unix:uid", uid);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Who owns a file; -1 where it is gone.
  public static int owner(Path path) {
    try {
      return (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      return -1;
    }
  }

  /// Writes a file beside the configuration `tenure.yaml`.
  public Product file(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Product variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  public Path folder() {
    return folder;
  }

  public Path config() {
    return folder.resolve("tenure.yaml");
  }

  public Path data() {
    return folder.resolve("data");
  }

  /// A command that came to its end.
  public record Ran(int exit, String out, String err) {}

  /// Runs a command to its end.
  public Ran run(String... words) {
    var running = start(words);
    return new Ran(running.awaitEnd(), running.out(), running.err());
  }

  /// Starts `serve` at this port and waits until it says where it serves.
  public Running serve(int port) {
    var running = start("serve", "--port", Integer.toString(port));
    if (!until(() -> running.base().isPresent() || !running.process.isAlive())
        || running.base().isEmpty()) {
      throw new AssertionError("it does not serve: " + running.err());
    }
    return running;
  }

  /// A program in the folder, which finds `tenure` on its path; what it says goes to one place.
  public ProcessBuilder shell(String... words) {
    try {
      var bin = Files.createDirectories(folder.resolve("bin"));
      var script = bin.resolve("tenure");
      Files.writeString(script, "#!/bin/sh\nexec " + quoted(java()) + " \"$@\"\n");
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
      var builder = new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
      var variables = builder.environment();
      variables.putAll(environment);
      variables.merge("PATH", bin.toString(), (path, own) -> own + File.pathSeparator + path);
      return builder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String quoted(List<String> words) {
    return words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
  }

  private List<String> java() {
    var line = new ArrayList<>(user);
    line.addAll(JAVA);
    line.add("-Dtenure.postgres=" + TestDatabase.programs());
    line.addAll(classPath);
    line.add("dev.tenure.Main");
    return line;
  }

  /// Starts a command with this configuration and data directory.
  public Running start(String... words) {
    var line = new ArrayList<>(java());
    line.addAll(List.of(words));
    line.addAll(List.of("--config", config().toString(), "--data", data().toString()));
    var number = started.size();
    var out = folder.resolve("out-" + number);
    var err = folder.resolve("err-" + number);
    var builder = new ProcessBuilder(line).directory(folder.toFile());
    builder.environment().putAll(environment);
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    try {
      var running = new Running(builder.start(), out, err);
      started.add(running);
      return running;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A process of the product.
  public record Running(Process process, Path outFile, Path errFile) {
    public String out() {
      return text(outFile);
    }

    public String err() {
      return text(errFile);
    }

    /// Where it serves, once it does.
    public Optional<URI> base() {
      var found = SERVING.matcher(out());
      return found.find() ? Optional.of(URI.create(found.group(1))) : Optional.empty();
    }

    /// What a client with this token sees of an organization.
    public ScimCalls calls(String organization, String token) {
      return new ScimCalls(URI.create(base().orElseThrow() + "/" + organization), token);
    }

    /// SIGKILL: nothing of it can react.
    public void kill() {
      process.destroyForcibly();
      awaitEnd();
    }

    /// SIGTERM; gives the exit code.
    public int stop() {
      process.destroy();
      return awaitEnd();
    }

    public int awaitEnd() {
      try {
        if (process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) return process.exitValue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new AssertionError("it does not end: " + out() + err());
    }
  }

  /// The main process of the embedded PostgreSQL; absent where none lives.
  public Optional<ProcessHandle> postmaster() {
    var lines = text(data().resolve("postgres/cluster/postmaster.pid")).lines().toList();
    return lines.isEmpty()
        ? Optional.empty()
        : ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).filter(ProcessHandle::isAlive);
  }

  private static String text(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
    } catch (IOException e) {
      return "";
    }
  }

  /// Whether it became so, looking again and again; never longer than [#LONGEST].
  public static boolean until(BooleanSupplier so) {
    var deadline = System.nanoTime() + LONGEST.toNanos();
    while (!so.getAsBoolean()) {
      if (System.nanoTime() > deadline) return false;
      LockSupport.parkNanos(20_000_000);
    }
    return true;
  }

  /// A port that was free a moment ago.
  public static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    for (var running : started.reversed()) {
      if (running.process.isAlive()) running.stop();
    }
    postmaster()
        .ifPresent(process -> {
          process.destroy();
          process.onExit().orTimeout(LONGEST.toSeconds(), TimeUnit.SECONDS).join();
        });
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
