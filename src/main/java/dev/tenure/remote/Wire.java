package dev.tenure.remote;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/// One request and its answer, over connections that are kept alive. Redirects are not followed:
/// the token is for this server only. An answer is at most [#ANSWER_BYTES_MAX] long and must have
/// arrived whole within the time.
public final class Wire implements AutoCloseable {
  public static final int ANSWER_BYTES_MAX = 16 * 1024 * 1024;
  private static final String MEDIA_TYPE = "application/scim+json";
  private static final Duration CONNECT_MAX = Duration.ofSeconds(10);

  private final HttpClient client;
  private final Endpoint endpoint;
  private final Consumer<Reply> heard;

  public Wire(Endpoint endpoint) {
    this(endpoint, _ -> {});
  }

  /// `heard` is told of every reply.
  public Wire(Endpoint endpoint, Consumer<Reply> heard) {
    this.endpoint = endpoint;
    this.heard = heard;
    var timeout = endpoint.timeout();
    // Shorter than the whole, so that "nothing was sent" is told apart from "no answer".
    var connect =
        timeout.dividedBy(2).compareTo(CONNECT_MAX) < 0 ? timeout.dividedBy(2) : CONNECT_MAX;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(connect)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
  }

  public Reply get(String pathAndQuery) {
    return exchange("GET", pathAndQuery, Optional.empty(), BodyPublishers.noBody());
  }

  public Reply post(String path, String body) {
    return exchange("POST", path, Optional.empty(), BodyPublishers.ofString(body));
  }

  public Reply patch(String path, Optional<String> ifMatch, String body) {
    return exchange("PATCH", path, ifMatch, BodyPublishers.ofString(body));
  }

  public Reply put(String path, Optional<String> ifMatch, String body) {
    return exchange("PUT", path, ifMatch, BodyPublishers.ofString(body));
  }

  public Reply delete(String path, Optional<String> ifMatch) {
    return exchange("DELETE", path, ifMatch, BodyPublishers.noBody());
  }

  /// For a path or a query.
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private Reply exchange(String method, String path, Optional<String> ifMatch, BodyPublisher body) {
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
    var handler =
        BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), ANSWER_BYTES_MAX);
    var reply = await(client.sendAsync(request, handler));
    heard.accept(reply);
    return reply;
  }

  /// Some servers have the bare text of the tag in `meta.version` (RFC 9110 §8.8.3 wants quotes).
  private static String etag(String version) {
    var isTag = version.startsWith("\"") || version.startsWith("W/") || version.equals("*");
    return isTag ? version : "\"" + version + "\"";
  }

  private Reply await(CompletableFuture<HttpResponse<String>> coming) {
    try {
      var response = coming.get(endpoint.timeout().toMillis(), TimeUnit.MILLISECONDS);
      return new Reply.Answer(response.statusCode(), response.headers(), response.body());
    } catch (TimeoutException e) {
      coming.cancel(true);
      return new Reply.NoAnswer("no answer within " + endpoint.timeout().toMillis() + " ms");
    } catch (InterruptedException e) {
      coming.cancel(true);
      Thread.currentThread().interrupt();
      return new Reply.NoAnswer("stopped while waiting for the answer");
    } catch (ExecutionException e) {
      return failed(e.getCause());
    }
  }

  private static Reply failed(@Nullable Throwable cause) {
    return switch (cause) {
      case ConnectException e -> new Reply.NotSent("no connection" + why(e));
      case HttpConnectTimeoutException e -> new Reply.NotSent("no connection in time" + why(e));
      case SSLHandshakeException e -> new Reply.NotSent("no trusted connection" + why(e));
      case IOException e -> new Reply.NoAnswer("the connection ended early" + why(e));
      case null, default -> throw new IllegalStateException(cause);
    };
  }

  private static String why(Exception e) {
    var message = e.getMessage();
    return message == null ? "" : ": " + message;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
