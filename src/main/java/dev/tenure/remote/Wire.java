package dev.tenure.remote;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/// One request and its answer, over connections that are kept alive. Redirects are not followed:
/// the token is for this server only. An answer is at most [#ANSWER_BYTES_MAX] long and must have
/// arrived whole within the time.
public final class Wire implements AutoCloseable {
  public static final int ANSWER_BYTES_MAX = 16 * 1024 * 1024;
  private static final String MEDIA_TYPE = "application/scim+json";

  private final Exchange exchange;
  private final Endpoint endpoint;
  private final Consumer<Reply> heard;

  public Wire(Endpoint endpoint) {
    this(endpoint, _ -> {});
  }

  /// `heard` is told of every reply.
  public Wire(Endpoint endpoint, Consumer<Reply> heard) {
    this.endpoint = endpoint;
    this.heard = heard;
    this.exchange = new Exchange(endpoint.timeout(), ANSWER_BYTES_MAX);
  }

  public Reply get(String pathAndQuery) {
    return request("GET", pathAndQuery, Optional.empty(), BodyPublishers.noBody());
  }

  public Reply post(String path, String body) {
    return request("POST", path, Optional.empty(), BodyPublishers.ofString(body));
  }

  public Reply patch(String path, Optional<String> ifMatch, String body) {
    return request("PATCH", path, ifMatch, BodyPublishers.ofString(body));
  }

  public Reply put(String path, Optional<String> ifMatch, String body) {
    return request("PUT", path, ifMatch, BodyPublishers.ofString(body));
  }

  public Reply delete(String path, Optional<String> ifMatch) {
    return request("DELETE", path, ifMatch, BodyPublishers.noBody());
  }

  /// For a path or a query.
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private Reply request(String method, String path, Optional<String> ifMatch, BodyPublisher body) {
    var request =
        HttpRequest.newBuilder(URI.create(endpoint.base() + path))
            .method(method, body)
            .header("Authorization", "Bearer " + endpoint.token().get().reveal())
            .header("Accept", MEDIA_TYPE + ", application/json;q=0.9")
            .header("Content-Type", MEDIA_TYPE);
    ifMatch.ifPresent(version -> request.header("If-Match", etag(version)));
    return sent(request.build());
  }

  /// Posts a form to the address itself, as OAuth's token endpoints want it.
  Reply form(String authorization, String body) {
    return sent(
        HttpRequest.newBuilder(endpoint.base())
            .POST(BodyPublishers.ofString(body))
            .header("Authorization", authorization)
            .header("Accept", "application/json")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .build());
  }

  private Reply sent(HttpRequest request) {
    var reply = exchange.send(request);
    heard.accept(reply);
    return reply;
  }

  /// Some servers have the bare text of the tag in `meta.version` (RFC 9110 §8.8.3 wants quotes).
  private static String etag(String version) {
    var isTag = version.startsWith("\"") || version.startsWith("W/") || version.equals("*");
    return isTag ? version : "\"" + version + "\"";
  }

  @Override
  public void close() {
    exchange.close();
  }
}
