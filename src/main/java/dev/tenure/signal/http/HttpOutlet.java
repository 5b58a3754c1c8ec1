package dev.tenure.signal.http;

import dev.tenure.http.HttpFailure;
import dev.tenure.remote.Courier;
import dev.tenure.remote.Reply;
import dev.tenure.signal.EventStream.Delivery.Push;
import dev.tenure.signal.Outlet;
import dev.tenure.signal.Receipt;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// Pushes tokens over HTTP (RFC 8935). Redirects are not followed: the token and the secret are for
/// this address only. Nothing of an answer goes further than its status and its `err`.
public final class HttpOutlet implements Outlet, AutoCloseable {
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /// Not about this token, but about who sends or signs: it may be taken when that is set right.
  private static final List<String> CURABLE =
      List.of("authentication_failed", "access_denied", "invalid_key");

  private final Courier courier = new Courier(LONGEST);

  @Override
  public Receipt push(Push to, String token) {
    var fields = new LinkedHashMap<String, String>();
    fields.put("Content-Type", "application/secevent+jwt");
    fields.put("Accept", "application/json");
    to.authorization().ifPresent(secret -> fields.put("Authorization", secret.reveal()));
    return switch (courier.post(to.endpoint(), fields, token)) {
      case Reply.Answer answer -> receipt(answer);
      case Reply.NotSent(var why) -> unreachable(why);
      case Reply.NoAnswer(var why) -> unreachable(why);
    };
  }

  private static Receipt unreachable(String why) {
    return new Receipt.Failed(why, true, Optional.empty());
  }

  private static Receipt receipt(Reply.Answer answer) {
    var status = answer.status();
    if (status >= 200 && status < 300) return new Receipt.Accepted();
    return switch (status) {
      case 400 -> refusal(answer);
      // A fault while this token was worked on; others may come through.
      case 409, 413, 415, 422, 500, 502, 504 ->
          new Receipt.Failed("answered " + status, false, retryAfter(answer));
      default -> new Receipt.Failed("answered " + status, true, retryAfter(answer));
    };
  }

  private static Receipt refusal(Reply.Answer answer) {
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

  private static Optional<Duration> retryAfter(Reply.Answer answer) {
    return answer.field("Retry-After").stream()
        .findFirst()
        .filter(seconds -> seconds.matches("[0-9]{1,6}"))
        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
  }

  @Override
  public void close() {
    courier.close();
  }
}
