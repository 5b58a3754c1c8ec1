package dev.tenure.remote;

import dev.tenure.config.Secret;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Optional;

/// JSON of servers whose addresses are learned from another one. Redirects are not followed; an
/// answer is at most [#ANSWER_BYTES_MAX] long and must have arrived whole within the time.
public final class Web implements AutoCloseable {
  public static final int ANSWER_BYTES_MAX = 1024 * 1024;

  private final Exchange exchange;

  public Web(Duration timeout) {
    this.exchange = new Exchange(timeout, ANSWER_BYTES_MAX);
  }

  /// `token` is shown as a bearer token.
  public Reply get(URI address, Optional<Secret> token) {
    var request = HttpRequest.newBuilder(address).GET().header("Accept", "application/json");
    token.ifPresent(t -> request.header("Authorization", "Bearer " + t.reveal()));
    return exchange.send(request.build());
  }

  /// `authorization` is the whole value of that header field; `body` is form-encoded.
  public Reply form(URI address, Optional<String> authorization, String body) {
    var request =
        HttpRequest.newBuilder(address)
            .POST(BodyPublishers.ofString(body))
            .header("Accept", "application/json")
            .header("Content-Type", "application/x-www-form-urlencoded");
    authorization.ifPresent(value -> request.header("Authorization", value));
    return exchange.send(request.build());
  }

  @Override
  public void close() {
    exchange.close();
  }
}
