package dev.tenure.remote;

import dev.tenure.remote.Reply.Answer;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.ScimType;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// What an answer says besides its resource: how long to wait, why it failed, under which number
/// the server's support finds it. Knows the error bodies of SCIM (RFC 7644 §3.12) and of the
/// Genesys Cloud platform, whose gateway answers for the SCIM server too.
public final class Answers {
  private static final Duration WAIT_USUAL = Duration.ofSeconds(1);
  private static final Duration WAIT_MAX = Duration.ofHours(1);
  private static final int WORDS_MAX = 300;
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

  private Answers() {}

  /// `Retry-After` in seconds or as a date (RFC 9110 §10.2.3), else the rest of Genesys Cloud's
  /// window, else one second; at most an hour.
  public static Duration wait(Answer answer, Clock clock) {
    var wait =
        header(answer, "Retry-After")
            .flatMap(text -> retryAfter(text, clock))
            .or(() -> header(answer, "inin-ratelimit-reset").flatMap(Answers::seconds))
            .orElse(WAIT_USUAL);
    if (wait.isNegative()) return Duration.ZERO;
    return wait.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : wait;
  }

  /// `Retry-After` alone, where the answer has it; at most an hour, and nothing where it is over.
  public static Optional<Duration> retryAfter(Answer answer, Clock clock) {
    return header(answer, "Retry-After")
        .flatMap(text -> retryAfter(text, clock))
        .filter(Duration::isPositive)
        .map(wait -> wait.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : wait);
  }

  private static Optional<Duration> retryAfter(String text, Clock clock) {
    return seconds(text).or(() -> until(text, clock));
  }

  private static Optional<Duration> seconds(String text) {
    return Optional.of(text)
        .filter(t -> SECONDS.matcher(t).matches())
        .map(t -> Duration.ofSeconds(Long.parseLong(t)));
  }

  private static Optional<Duration> until(String text, Clock clock) {
    return instant(text).map(then -> Duration.between(clock.instant(), then));
  }

  /// When the server says that it answered (RFC 9110 §6.6.1), by its own clock.
  public static Optional<Instant> date(Answer answer) {
    return header(answer, "Date").flatMap(Answers::instant);
  }

  private static Optional<Instant> instant(String text) {
    try {
      var then = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
      return Optional.of(then.toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /// The correlation id that the server's support asks for.
  public static Optional<String> reference(Answer answer) {
    return Stream.of("ININ-Correlation-Id", "X-Correlation-Id", "X-Request-Id")
        .flatMap(name -> header(answer, name).stream())
        .findFirst()
        .or(() -> text(json(answer), "contextId"));
  }

  /// The server's own words in one line, with the status: `409 uniqueness: userName is taken`.
  public static String words(Answer answer) {
    var json = json(answer);
    var said = text(json, "detail").or(() -> text(json, "message")).map(s -> ": " + s).orElse("");
    var keyword = text(json, "scimType").or(() -> text(json, "code")).map(k -> " " + k).orElse("");
    var line = (answer.status() + keyword + said).replaceAll("\\s+", " ");
    return line.length() > WORDS_MAX ? line.substring(0, WORDS_MAX) + "…" : line;
  }

  public static boolean has(Answer answer, ScimType type) {
    return text(json(answer), "scimType").filter(t -> t.equalsIgnoreCase(type.name())).isPresent();
  }

  /// The body; a missing node where it is not JSON.
  public static JsonNode json(Answer answer) {
    try {
      return answer.body().isBlank() ? MissingNode.getInstance() : ScimJson.read(answer.body());
    } catch (ScimException e) {
      return MissingNode.getInstance();
    }
  }

  private static Optional<String> header(Answer answer, String name) {
    return answer.headers().firstValue(name).map(String::strip).filter(v -> !v.isEmpty());
  }

  private static Optional<String> text(JsonNode json, String name) {
    return Optional.of(json.path(name).asString("")).filter(t -> !t.isBlank());
  }
}
