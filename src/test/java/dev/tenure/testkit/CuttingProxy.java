package dev.tenure.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// Passes TCP on, and cuts every connection after so many bytes of the server's answers.
public final class CuttingProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final String host;
  private final int target;
  private final long answerBytesMax;

  public CuttingProxy(int target, long answerBytesMax) {
    this("127.0.0.1", target, answerBytesMax);
  }

  public CuttingProxy(String host, int target, long answerBytesMax) {
    try {
      this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.host = host;
    this.target = target;
    this.answerBytesMax = answerBytesMax;
    Thread.startVirtualThread(this::accept);
  }

  public int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        var client = listener.accept();
        var server = new Socket(host, target);
        Thread.startVirtualThread(() -> pass(client, server, Long.MAX_VALUE));
        Thread.startVirtualThread(() -> pass(server, client, answerBytesMax));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void pass(Socket from, Socket to, long bytesMax) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      var buffer = new byte[1024];
      long left = bytesMax;
      for (int n = in.read(buffer); n >= 0 && left > 0; n = left > 0 ? in.read(buffer) : -1) {
        int pass = (int) Math.min(n, left);
        to.getOutputStream().write(buffer, 0, pass);
        left -= pass;
      }
    } catch (IOException e) {
      // The other side went away: so do we.
      return;
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
