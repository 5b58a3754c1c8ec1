package dev.tenure.organization.scim;

import dev.tenure.organization.TestServer;
import dev.tenure.scim.ScimJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// A client that sends bytes as they are, right or wrong.
final class Raw implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;
  private final Socket socket;

  private Raw(Socket socket) {
    this.socket = socket;
  }

  static Raw to(TestServer server) {
    try {
      var socket = new Socket(InetAddress.getLoopbackAddress(), server.address("/").getPort());
      socket.setSoTimeout(PATIENCE_MILLIS);
      return new Raw(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What came back until the connection ended.
  record Got(String text) {
    int status() {
      return text.startsWith("HTTP/1.1 ") ? Integer.parseInt(text.substring(9, 12)) : 0;
    }

    String body() {
      var end = text.indexOf("\r\n\r\n");
      return end < 0 ? "" : text.substring(end + 4);
    }

    JsonNode json() {
      return ScimJson.read(body());
    }

    boolean has(String field) {
      return text.toLowerCase(Locale.ROOT).contains("\r\n" + field.toLowerCase(Locale.ROOT));
    }
  }

  /// A whole request with a body, by a client that then waits for the end.
  Got send(String token, String line, byte[] body) {
    write(
        line
            + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
            + token
            + "\r\nContent-Type: application/scim+json\r\nContent-Length: "
            + body.length
            + "\r\n\r\n");
    write(body);
    return got();
  }

  void write(String text) {
    write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  void write(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Everything until the server ends the connection.
  Got got() {
    var all = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(all);
    } catch (IOException e) {
      // A reset after an answer: what came before it counts.
    }
    return new Got(all.toString(StandardCharsets.UTF_8));
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
