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
  private static final String SCIM = "application/scim+json";
  private static final String JSON = "application/json";

  private final Exchange exchange;
  private final Endpoint endpoint;
  private final Consumer<Reply> heard;
  private final String mediaType;

  public Wire(Endpoint endpoint) {
    this(endpoint, _ -> {});
  }

  /// `heard` is told of every reply.
  public Wire(Endpoint endpoint, Consumer<Reply> heard) {
    this(endpoint, heard, SCIM);
  }

  /// For a server, or a part of one, that speaks plain JSON.
  public static Wire ofJson(Endpoint endpoint, Consumer<Reply> heard) {
    return new Wire(endpoint, heard, JSON);
  }

  private Wire(Endpoint endpoint, Consumer<Reply> heard, String mediaType) {
    this.endpoint = endpoint;
    this.heard = heard;
    this.mediaType = mediaType;
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
    var token = endpoint.token().get();
    var request =
        HttpRequest.newBuilder(URI.create(endpoint.base() + path))
            .method(method, body)
            .header("Authorization", "Bearer " + token.reveal())
            .header("Accept", mediaType.equals(SCIM) ? SCIM + ", application/json;q=0.9" : JSON)
            .header("Content-Type", mediaType);
    ifMatch.ifPresent(version -> request.header("If-Match", etag(version)));
    var reply = sent(request);
    // A token may be ended before its time: the next request gets another one.
    boolean isRefused = reply instanceof Reply.Answer answer && answer.status() == 401;
    if (isRefused && endpoint.token() instanceof ClientCredentials tokens) tokens.refused(token);
    return reply;
  }

  /// Posts a form to the address itself, as OAuth's token endpoints want it.
  Reply form(String authorization, String body) {
    return sent(
        HttpRequest.newBuilder(endpoint.base())
            .POST(BodyPublishers.ofString(body))
            .header("Authorization", authorization)
            .header("Accept", "application/json")
            .header("Content-Type", "application/x-www-form-urlencoded"));
  }

  private Reply sent(HttpRequest.Builder request) {
    var reply = new RequestSpan(endpoint.base()).around(request, exchange::send);
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
