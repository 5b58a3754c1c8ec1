package dev.tenure.cli.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// Stands before a server of HTTP/1.1 and answers each so manieth request that changes something
/// with 500, instead of handing it on.
final class FaultyFront implements AutoCloseable {
  private static final byte[] FAILURE =
      "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);
  private static final String LENGTH = "content-length:";

  private final ServerSocket door;
  private final int every;
  private final AtomicInteger changes = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile int behind;

  private FaultyFront(ServerSocket door, int every) {
    this.door = door;
    this.every = every;
  }

  /// On some free port.
  static FaultyFront open(int every) throws IOException {
    var front = new FaultyFront(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), every);
    front.threads.execute(front::accept);
    return front;
  }

  int port() {
    return door.getLocalPort();
  }

  /// Where requests are handed on to, from now on.
  void before(int port) {
    behind = port;
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        var client = door.accept();
        threads.execute(() -> relay(client));
      } catch (IOException e) {
        if (!door.isClosed()) throw new UncheckedIOException(e);
      }
    }
  }

  /// Requests come one after the other, so an answer of ours never meets one of the server.
  private void relay(Socket client) {
    try (client;
        var server = new Socket(InetAddress.getLoopbackAddress(), behind)) {
      threads.execute(() -> answers(server, client));
      var in = new BufferedInputStream(client.getInputStream());
      for (var request = request(in); request.length > 0; request = request(in)) {
        if (isToFail(request)) client.getOutputStream().write(FAILURE);
        else server.getOutputStream().write(request);
      }
    } catch (IOException _) {
      // One of the two has gone: so does the connection.
    }
  }

  private static void answers(Socket server, Socket client) {
    try {
      server.getInputStream().transferTo(client.getOutputStream());
      client.close();
    } catch (IOException _) {
      // As above.
    }
  }

  private boolean isToFail(byte[] request) {
    return request[0] != 'G' && changes.incrementAndGet() % every == 0;
  }

  /// A whole request; empty at the end of the connection.
  private static byte[] request(InputStream in) throws IOException {
    var bytes = new ByteArrayOutputStream();
    int length = 0;
    for (var line = line(in, bytes); !line.isBlank(); line = line(in, bytes)) {
      var lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith(LENGTH)) {
        length = Integer.parseInt(lower.substring(LENGTH.length()).strip());
      }
    }
    bytes.write(in.readNBytes(length));
    return bytes.toByteArray();
  }

  private static String line(InputStream in, ByteArrayOutputStream all) throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      all.write(c);
      line.append((char) c);
      if (c == '\n') break;
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    door.close();
    threads.shutdownNow();
  }
}
