package dev.tenure.cli.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// One connection of a client that costs little: HTTP/1.1 over a socket, one request at a time.
final class Wire implements AutoCloseable {
  private static final int BUFFER = 64 << 10;
  private static final String LENGTH = "content-length:";
  private static final String CHUNKED = "transfer-encoding: chunked";
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final byte[] line = new byte[BUFFER];

  Wire(int port) throws IOException {
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    this.in = new BufferedInputStream(socket.getInputStream(), BUFFER);
    this.out = socket.getOutputStream();
  }

  /// A request, ready to be sent.
  static byte[] request(String method, String target, String token, String body) {
    var head =
        method
            + " "
            + target
            + " HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer "
            + token
            + "\r\nContent-Type: application/scim+json\r\nContent-Length: "
            + body.getBytes(StandardCharsets.UTF_8).length
            + "\r\n\r\n";
    return (head + body).getBytes(StandardCharsets.UTF_8);
  }

  /// Sends a request and reads the answer; throws where its status is not of 2xx.
  String exchange(byte[] request) throws IOException {
    out.write(request);
    var status = line();
    long length = 0;
    boolean chunked = false;
    for (var field = line(); !field.isEmpty(); field = line()) {
      var lower = field.toLowerCase(Locale.ROOT);
      if (lower.startsWith(LENGTH)) length = Long.parseLong(lower.substring(15).strip());
      chunked |= lower.equals(CHUNKED);
    }
    var body = chunked ? chunks() : new String(in.readNBytes((int) length), StandardCharsets.UTF_8);
    if (!status.startsWith("HTTP/1.1 2")) throw new IOException(status + " " + body);
    return body;
  }

  private String chunks() throws IOException {
    var body = new StringBuilder();
    while (true) {
      int size = Integer.parseInt(line().strip(), 16);
      body.append(new String(in.readNBytes(size), StandardCharsets.UTF_8));
      line();
      if (size == 0) return body.toString();
    }
  }

  private String line() throws IOException {
    int length = 0;
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) throw new IOException("the connection ended");
      line[length++] = (byte) c;
    }
    int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    return new String(line, 0, end, StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
