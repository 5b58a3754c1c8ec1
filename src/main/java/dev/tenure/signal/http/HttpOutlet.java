package dev.tenure.signal.http;

import dev.tenure.http.HttpFailure;
import dev.tenure.signal.EventStream.Delivery.Push;
import dev.tenure.signal.Outlet;
import dev.tenure.signal.Receipt;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Pushes tokens over HTTP (RFC 8935). Redirects are not followed: the token and the secret are for
/// this address only. Nothing of an answer goes further than its status and its `err`.
public final class HttpOutlet implements Outlet, AutoCloseable {
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final int ANSWER_BYTES_MAX = 64 * 1024;

  /// Not about this token, but about who sends or signs: it may be taken when that is set right.
  private static final List<String> CURABLE =
      List.of("authentication_failed", "access_denied", "invalid_key");

  private @Nullable HttpClient client;

  /// Made for the first push: most servers have none, and it takes time.
  private synchronized HttpClient client() {
    if (client == null) {
      client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(CONNECT)
              .executor(Executors.newVirtualThreadPerTaskExecutor())
              .build();
    }
    return client;
  }

  @Override
  public Receipt push(Push to, String token) {
    var request =
        HttpRequest.newBuilder(to.endpoint())
            .header("Content-Type", "application/secevent+jwt")
            .header("Accept", "application/json")
            .POST(BodyPublishers.ofString(token));
    to.authorization().ifPresent(secret -> request.header("Authorization", secret.reveal()));
    var handler =
        BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), ANSWER_BYTES_MAX);
    var coming = client().sendAsync(request.build(), handler);
    try {
      return receipt(coming.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException _) {
      coming.cancel(true);
      return unreachable("no answer within " + LONGEST.toSeconds() + " s");
    } catch (InterruptedException _) {
      coming.cancel(true);
      Thread.currentThread().interrupt();
      return unreachable("stopped while waiting for the answer");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) return unreachable(io.getClass().getSimpleName());
      throw new IllegalStateException(e.getCause());
    }
  }

  private static Receipt unreachable(String why) {
    return new Receipt.Failed(why, true, Optional.empty());
  }

  private static Receipt receipt(HttpResponse<String> answer) {
    var status = answer.statusCode();
    if (status >= 200 && status < 300) return new Receipt.Accepted();
    return switch (status) {
      case 400 -> refusal(answer);
      // A fault while this token was worked on; others may come through.
      case 409, 413, 415, 422, 500, 502, 504 ->
          new Receipt.Failed("answered " + status, false, retryAfter(answer));
      default -> new Receipt.Failed("answered " + status, true, retryAfter(answer));
    };
  }

  private static Receipt refusal(HttpResponse<String> answer) {
    try {
      var json = Json.object(answer.body().getBytes(StandardCharsets.UTF_8));
      var err = PollReader.cut(Json.required(json, "err"));
      if (CURABLE.contains(err)) {
        return new Receipt.Failed("answered " + err, true, retryAfter(answer));
      }
      var description = PollReader.cut(Json.text(json, "description").orElse(""));
      return new Receipt.Refused(err, description);
    } catch (HttpFailure _) {
      return new Receipt.Failed("answered 400 without err", false, retryAfter(answer));
    }
  }

  private static Optional<Duration> retryAfter(HttpResponse<String> answer) {
    return answer
        .headers()
        .firstValue("Retry-After")
        .filter(seconds -> seconds.matches("[0-9]{1,6}"))
        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
  }

  @Override
  public synchronized void close() {
    if (client != null) client.shutdownNow();
  }
}
