package dev.tenure.notify.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/// An SMTP server that answers each command as told; empty: as one that takes everything.
final class ScriptedSmtp implements AutoCloseable {
  private final ServerSocket socket;
  private final UnaryOperator<String> script;
  private final List<String> commands = new CopyOnWriteArrayList<>();

  ScriptedSmtp(UnaryOperator<String> script) {
    this.script = script;
    try {
      socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  /// What was said to it.
  List<String> commands() {
    return commands;
  }

  private void accept() {
    while (!socket.isClosed()) {
      try (var connection = socket.accept()) {
        talk(connection);
      } catch (IOException _) {
        // The other side has gone, or the test is over.
      }
    }
  }

  private void talk(Socket connection) throws IOException {
    var in =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
    say(connection, "220 here");
    boolean isText = false;
    for (var line = in.readLine(); line != null; line = in.readLine()) {
      if (isText && !line.equals(".")) continue;
      commands.add(line);
      var scripted = script.apply(line);
      var reply = scripted.isEmpty() ? usual(line) : scripted;
      isText = reply.startsWith("354");
      say(connection, reply);
    }
  }

  private static String usual(String command) {
    if (command.startsWith("DATA")) return "354 go on";
    return command.startsWith("QUIT") ? "221 bye" : "250 well";
  }

  private static void say(Socket connection, String line) throws IOException {
    connection.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
