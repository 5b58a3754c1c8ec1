package dev.tenure.remote;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Brings messages to receivers anywhere: one POST, and the answer, whole within the time.
/// Redirects are not followed: the message and what proves whose it is are for this address only.
public final class Courier implements AutoCloseable {
  /// A receiver says little.
  private static final int ANSWER_BYTES_MAX = 64 * 1024;

  private final Duration longest;
  private @Nullable Exchange exchange;

  /// A post with its answer takes so long at most.
  public Courier(Duration longest) {
    this.longest = longest;
  }

  public Reply post(URI to, Map<String, String> fields, String body) {
    var request = HttpRequest.newBuilder(to).POST(BodyPublishers.ofString(body));
    fields.forEach(request::header);
    return exchange().send(request.build());
  }

  /// Made for the first message: most servers have none, and it takes time.
  private synchronized Exchange exchange() {
    if (exchange == null) exchange = new Exchange(longest, ANSWER_BYTES_MAX);
    return exchange;
  }

  @Override
  public synchronized void close() {
    if (exchange != null) exchange.close();
  }
}
