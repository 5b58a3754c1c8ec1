package dev.tenure.remote;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/// Sends requests over connections that are kept alive, and awaits their answers: each must have
/// arrived whole within the time, and is at most so many bytes long. Redirects are not followed:
/// what is sent is for this server only.
final class Exchange implements AutoCloseable {
  private static final Duration CONNECT_MAX = Duration.ofSeconds(10);

  private final Duration timeout;
  private final int bytesMax;
  private final HttpClient client;

  Exchange(Duration timeout, int bytesMax) {
    this.timeout = timeout;
    this.bytesMax = bytesMax;
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

  Reply send(HttpRequest request) {
    var handler = BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), bytesMax);
    return await(client.sendAsync(request, handler));
  }

  private Reply await(CompletableFuture<HttpResponse<String>> coming) {
    try {
      var response = coming.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return new Reply.Answer(response.statusCode(), response.headers(), response.body());
    } catch (TimeoutException e) {
      coming.cancel(true);
      return new Reply.NoAnswer("no answer within " + timeout.toMillis() + " ms");
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
