package dev.tenure.http;

import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.Supplier;

/// The body of a request: read when it is first asked for, within limits of size and time.
final class Body implements Supplier<byte[]> {
  private static final Duration READ_TIME_MAX = Duration.ofSeconds(30);
  private static final Duration DRAIN_TIME_MAX = Duration.ofSeconds(2);
  private static final int PIECE_BYTES = 16 << 10;
  private static final int DRAIN_BYTES_MAX = 4 << 20;
  private final ServerRequest from;
  private final int bytesMax;
  private byte[] bytes = new byte[0];
  private boolean taken;
  private boolean whole;

  Body(ServerRequest from, int bytesMax) {
    this.from = from;
    this.bytesMax = bytesMax;
    this.whole = !from.content().hasEntity();
  }

  /// Throws [HttpFailure] 413 for too large a body, 408 for too slow a one, 400 for a broken one.
  @Override
  public byte[] get() {
    if (!taken) {
      taken = true;
      bytes = whole ? bytes : read();
    }
    return bytes;
  }

  /// Reads what nobody wants, so that the client has sent all of it when it reads the answer; false
  /// where that is too much or takes too long: then the connection must end with the answer. A
  /// chunked body is not read, as a chunk would be kept in memory.
  boolean finish() {
    if (whole) return true;
    if (!from.headers().contains(io.helidon.http.HeaderNames.CONTENT_LENGTH)) return false;
    var end = System.nanoTime() + DRAIN_TIME_MAX.toNanos();
    try {
      var in = from.content().inputStream();
      var piece = new byte[PIECE_BYTES];
      for (int drained = 0; drained < DRAIN_BYTES_MAX && System.nanoTime() - end < 0; ) {
        int read = in.read(piece);
        if (read < 0) return true;
        drained += read;
      }
      return false;
    } catch (IOException | RuntimeException _) {
      return false;
    }
  }

  private byte[] read() {
    try {
      return read(from.content().inputStream());
    } catch (RequestException e) {
      throw e.status().code() == Status.REQUEST_ENTITY_TOO_LARGE_413.code()
          ? tooLarge()
          : new HttpFailure(400, "the body is not sent as HTTP has it");
    } catch (HttpFailure e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw isTimeout(e) ? tooSlow() : new HttpFailure(400, "the body is not complete");
    }
  }

  private byte[] read(InputStream in) throws IOException {
    var end = System.nanoTime() + READ_TIME_MAX.toNanos();
    var read = new ByteArrayOutputStream();
    var piece = new byte[PIECE_BYTES];
    for (int size; (size = in.read(piece)) >= 0; ) {
      read.write(piece, 0, size);
      if (read.size() > bytesMax) throw tooLarge();
      if (System.nanoTime() - end > 0) throw tooSlow();
    }
    whole = true;
    return read.toByteArray();
  }

  private HttpFailure tooLarge() {
    return new HttpFailure(
        413, "the body is larger than " + bytesMax + " bytes, the most taken here");
  }

  private static HttpFailure tooSlow() {
    return new HttpFailure(408, "the body did not arrive in time");
  }

  private static boolean isTimeout(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException) return true;
    }
    return false;
  }
}
