package dev.tenure.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The body of a request: read when it is first asked for, within limits of size and time.
final class Body {
  private static final Duration DRAIN_TIME_MAX = Duration.ofSeconds(2);
  private static final int PIECE_BYTES = 16 << 10;
  private static final int DRAIN_BYTES_MAX = 32 << 20;

  /// What is left of a body up to this size is read for the sake of the connection.
  private static final int LEFT_BYTES_MAX = 1 << 20;

  private final ServerRequest from;
  private final int bytesMax;
  private final Haste haste;
  private final Room room;
  private @Nullable InputStream in;
  private byte[] bytes = new byte[0];
  private long roomTaken;
  private boolean taken;
  private boolean whole;
  private boolean late;

  /// How a slow client is dealt with: after `time`, `refusal` answers it.
  record Haste(Patience patience, Duration time, Runnable refusal) {}

  Body(ServerRequest from, int bytesMax, Haste haste, Room room) {
    this.from = from;
    this.bytesMax = bytesMax;
    this.haste = haste;
    this.room = room;
    this.whole = !from.content().hasEntity();
  }

  /// At most so many bytes, and never more than the server takes. Throws [HttpFailure] 413 for too
  /// large a body, 400 for a broken one, and for one that comes too slowly when the client has had
  /// its answer.
  byte[] read(int most) {
    if (!taken) {
      taken = true;
      bytes = whole ? bytes : arriving(Math.min(most, bytesMax));
    }
    return bytes;
  }

  /// Forgets the bytes.
  void drop() {
    bytes = new byte[0];
    room.giveBack(roomTaken);
    roomTaken = 0;
  }

  /// Whether the client was too slow, and has been told so.
  boolean isLate() {
    return late;
  }

  /// Whether the connection must end with the answer, as too much of the body may be left unread.
  /// The client is told, for it might send its next request otherwise.
  boolean isLeft() {
    return !whole && (isHeld() || from.headers().contentLength().orElse(0) > LEFT_BYTES_MAX);
  }

  /// Reads what nobody wanted, when the client has its answer: it is not the next request, and a
  /// connection that ends with something unread in it may take the answer along. False where the
  /// connection must end. A chunked body is not read, as a chunk would be kept in memory; neither
  /// is one that the client holds back.
  boolean finish() {
    if (whole) return true;
    if (isHeld()) return false;
    var ends = isLeft();
    haste.patience().begin(DRAIN_TIME_MAX);
    try {
      return drain() && !ends;
    } catch (IOException | RuntimeException _) {
      return false;
    } finally {
      haste.patience().end();
    }
  }

  private boolean isHeld() {
    return isChunked() || (!taken && from.headers().contains(HeaderNames.EXPECT));
  }

  private boolean isChunked() {
    return from.headers().contentLength().isEmpty();
  }

  private boolean drain() throws IOException {
    var left = stream();
    var piece = new byte[PIECE_BYTES];
    for (int drained = 0; drained < DRAIN_BYTES_MAX; ) {
      int read = left.read(piece);
      if (read < 0) return true;
      drained += read;
    }
    return false;
  }

  private InputStream stream() {
    var stream = in == null ? from.content().inputStream() : in;
    in = stream;
    return stream;
  }

  private byte[] arriving(int most) {
    room.leave();
    haste.patience().begin(haste.time(), haste.refusal());
    try {
      var arrived = arrived(most);
      whole = true;
      return arrived;
    } catch (RequestException e) {
      throw e.status().code() == Status.REQUEST_ENTITY_TOO_LARGE_413.code()
          ? tooLarge(most)
          : new HttpFailure(400, "the body is not sent as HTTP has it");
    } catch (HttpFailure e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new HttpFailure(400, "the body is not complete");
    } finally {
      late = !haste.patience().end();
      room.enter();
    }
  }

  private byte[] arrived(int most) throws IOException {
    var length = from.headers().contentLength().orElse(most);
    if (length > most) throw tooLarge(most);
    room.take(length);
    roomTaken = length;
    var arrived = new ByteArrayOutputStream();
    var piece = new byte[PIECE_BYTES];
    for (int size; (size = stream().read(piece)) >= 0; ) {
      arrived.write(piece, 0, size);
      if (arrived.size() > most) throw tooLarge(most);
    }
    return arrived.toByteArray();
  }

  private static HttpFailure tooLarge(int most) {
    return new HttpFailure(413, "the body is larger than " + most + " bytes, the most taken here");
  }
}
