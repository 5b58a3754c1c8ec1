package dev.tenure.console;

import dev.tenure.access.Access;
import dev.tenure.config.Secret;
import dev.tenure.deliver.TimeAndChance;
import dev.tenure.http.HttpFailure;
import dev.tenure.http.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/// Pages that change while they are looked at: server-sent events, each with the pieces of the page
/// as they are now (HTML Living Standard §9.2), `console.js` puts them in their places.
///
/// A stream ends with the session of who looks, which it does not keep alive; with the server; and
/// after a while in any case, then the browser comes back by itself.
public final class Live {
  private static final Duration LONGEST = Duration.ofMinutes(5);

  /// How long somebody who signed out may still see what changes.
  private static final Duration SESSION_EVERY = Duration.ofSeconds(5);

  /// Proxies end connections on which nothing is said, and only who is written to is found gone.
  private static final Duration SILENCE = Duration.ofSeconds(15);

  /// More at a time would take the connections of those who want pages.
  private static final int STREAMS_MAX = 64;

  private final Semaphore room = new Semaphore(STREAMS_MAX);
  private final Access access;
  private final TimeAndChance world;
  private final BooleanSupplier closed;

  /// `closed`: whether the server is about to end.
  Live(Access access, TimeAndChance world, BooleanSupplier closed) {
    this.access = access;
    this.world = world;
    this.closed = closed;
  }

  /// What is to be seen: elements with an `id`, each of which takes the place of its like.
  /// `isLast`: nothing will change it any more, and the page is to be loaded anew.
  public record Piece(String html, boolean isLast) {}

  /// Looks again.
  @FunctionalInterface
  public interface Look {
    Piece piece();
  }

  /// Looks every so often, and tells what is another than before. 503 where too many do.
  public Response stream(Asked asked, Duration every, Look look) {
    if (room.availablePermits() == 0) throw new HttpFailure(503, "too many pages are live already");
    var session = Cookies.session(asked.request()).orElseThrow();
    return Response.streamed(200, "text/event-stream", out -> write(out, session, every, look))
        .with("Cache-Control", "no-store")
        .with("X-Accel-Buffering", "no");
  }

  private void write(OutputStream out, Secret session, Duration every, Look look)
      throws IOException {
    if (!room.tryAcquire()) return;
    try {
      new Telling(out, session, world.clock().instant()).tell(every, look);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      room.release();
    }
  }

  /// One stream.
  private final class Telling {
    private final OutputStream out;
    private final Secret session;
    private final Instant end;
    private Instant saidAt;
    private Instant checkedAt;

    Telling(OutputStream out, Secret session, Instant now) {
      this.out = out;
      this.session = session;
      this.end = now.plus(LONGEST);
      this.saidAt = now;
      this.checkedAt = now;
    }

    void tell(Duration every, Look look) throws IOException, InterruptedException {
      var last = "";
      while (!closed.getAsBoolean() && now().isBefore(end)) {
        if (!isSignedIn()) {
          say("event: end\ndata:\n\n");
          return;
        }
        var piece = look.piece();
        if (!piece.html().equals(last)) say(event(piece));
        if (piece.isLast()) return;
        if (saidAt.plus(SILENCE).isBefore(now())) say(":\n\n");
        last = piece.html();
        world.pause().pause(every);
      }
    }

    private boolean isSignedIn() {
      if (checkedAt.plus(SESSION_EVERY).isAfter(now())) return true;
      checkedAt = now();
      return access.glance(session).isPresent();
    }

    private Instant now() {
      return world.clock().instant();
    }

    private void say(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
      saidAt = now();
    }
  }

  private static String event(Piece piece) {
    var text = new StringBuilder("event: " + (piece.isLast() ? "end" : "piece") + "\n");
    piece.html().lines().forEach(line -> text.append("data: ").append(line).append('\n'));
    return text.append('\n').toString();
  }
}
