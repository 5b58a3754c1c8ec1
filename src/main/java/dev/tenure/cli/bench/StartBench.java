package dev.tenure.cli.bench;

import dev.tenure.deliver.Pause;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Whole processes by the launcher, as a user starts them: the help, the server on a data directory
/// that exists until it answers `/health`, and the quickstart.
final class StartBench {
  private static final Duration LOOK = Duration.ofMillis(5);
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private final Path launcher;
  private final Path folder;

  private StartBench(Path launcher, Path folder) {
    this.launcher = launcher;
    this.folder = folder;
  }

  static List<Measured> measure(int runs) throws IOException, InterruptedException {
    var launcher = Path.of(System.getProperty("tenure.launcher", "./tenure")).toAbsolutePath();
    try (var scratch = Scratch.make()) {
      return new StartBench(launcher, scratch.path()).all(runs);
    }
  }

  private List<Measured> all(int runs) throws IOException, InterruptedException {
    var help = new ArrayList<Double>();
    var health = new ArrayList<Double>();
    var quickstart = new ArrayList<Double>();
    for (int run = 1; run <= runs; run++) {
      help.add(ended("--help"));
      var data = folder.resolve("data-" + run).toString();
      quickstart.add(ended("quickstart", "--exit", "--data", data, "--port", "" + freePort()));
      health.add(healthy(data));
    }
    return List.of(
        new Measured("tenure --help", help, 0.6),
        new Measured("tenure serve, until /health answers", health, 2),
        new Measured("tenure quickstart --exit", quickstart, 15));
  }

  /// How long the command took to its end; throws where it failed.
  private double ended(String... arguments) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    var process = start(arguments);
    boolean ended = process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS);
    if (!ended || process.exitValue() != 0) {
      throw new IllegalStateException("failed, see " + log() + ": " + String.join(" ", arguments));
    }
    return seconds(begun);
  }

  private double healthy(String data) throws IOException, InterruptedException {
    int port = freePort();
    long begun = System.nanoTime();
    var process = start("serve", "--data", data, "--port", "" + port);
    try {
      var health = URI.create("http://127.0.0.1:" + port + "/health");
      while (!answers(health)) {
        if (!process.isAlive() || seconds(begun) > LONGEST.toSeconds()) {
          throw new IllegalStateException("the server does not start, see " + log());
        }
        Pause.real().pause(LOOK);
      }
      return seconds(begun);
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  private Process start(String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(launcher.toString());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log().toFile())
        .start();
  }

  private Path log() throws IOException {
    return Files.createDirectories(folder).resolve("log");
  }

  private static boolean answers(URI health) {
    try {
      var connection = (HttpURLConnection) health.toURL().openConnection();
      return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException _) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static double seconds(long begun) {
    return (System.nanoTime() - begun) / 1e9;
  }
}
