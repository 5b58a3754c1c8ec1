package dev.tenure.target.scim;

import dev.tenure.remote.Answers;
import dev.tenure.remote.Reply.Answer;
import dev.tenure.target.Budget.Heard;
import dev.tenure.target.Budget.Window;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What an answer says of limits, in the dialects that are met: `RateLimit` and `RateLimit-Policy`
/// (draft-ietf-httpapi-ratelimit-headers), its older three fields, `X-RateLimit-*` and
/// `X-Rate-Limit-*` (Okta; there the reset is a time), and `inin-ratelimit-*` (Genesys Cloud).
final class RateFields {
  /// A reset that is larger is no number of seconds but a Unix time.
  private static final long UNIX_TIME = 1_000_000_000L;

  private static final long SECONDS_MAX = Duration.ofDays(31).toSeconds();
  private static final Pattern NUMBER = Pattern.compile("\\s*(\\d{1,15})\\b.*");
  private static final Pattern ITEM = Pattern.compile("\"?([^\";,]*)\"?((?:\\s*;[^,]*)?)");
  private static final Pattern PARAMETER = Pattern.compile(";\\s*([a-z]+)=(\\d{1,15})");

  private final Answer answer;
  private final Clock clock;

  private RateFields(Answer answer, Clock clock) {
    this.answer = answer;
    this.clock = clock;
  }

  static Heard of(Answer answer, Clock clock) {
    var retry =
        answer.isBusy() ? Optional.of(Answers.wait(answer, clock)) : Optional.<Duration>empty();
    return new Heard(answer.status(), retry, new RateFields(answer, clock).window());
  }

  /// The tightest of those that are told.
  private Optional<Window> window() {
    return items()
        .or(() -> three("inin-ratelimit-allowed", "", "inin-ratelimit-reset"))
        .or(() -> three("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"))
        .or(() -> three("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"))
        .or(() -> three("X-Rate-Limit-Limit", "X-Rate-Limit-Remaining", "X-Rate-Limit-Reset"));
  }

  /// `RateLimit: "client";r=50;t=30`, with `RateLimit-Policy: "client";q=100;w=60`.
  private Optional<Window> items() {
    var windows = new ArrayList<Window>();
    var policies = matches("RateLimit-Policy");
    for (var item : matches("RateLimit")) {
      var left = parameter(item, "r");
      if (left.isEmpty()) continue;
      var policy = policies.stream().filter(p -> p.group(1).equals(item.group(1))).findFirst();
      var length = policy.flatMap(p -> boxed(parameter(p, "w"))).map(RateFields::seconds);
      var reset = boxed(parameter(item, "t")).map(RateFields::seconds).or(() -> length);
      if (reset.isEmpty()) continue;
      var allowed = policy.map(p -> parameter(p, "q")).orElse(OptionalLong.empty());
      windows.add(new Window(allowed, left.getAsLong(), reset.get(), length));
    }
    return windows.stream().min(Comparator.comparingDouble(RateFields::pace));
  }

  private static double pace(Window window) {
    return (double) window.left() / Math.max(1.0, (double) window.reset().toSeconds());
  }

  private List<Matcher> matches(String field) {
    var found = new ArrayList<Matcher>();
    for (var value : answer.field(field)) {
      for (var part : value.split(",", -1)) {
        var matcher = ITEM.matcher(part.strip());
        if (matcher.matches()) found.add(matcher);
      }
    }
    return found;
  }

  private static OptionalLong parameter(Matcher item, String name) {
    var parameters = PARAMETER.matcher(item.group(2));
    while (parameters.find()) {
      if (parameters.group(1).equals(name)) {
        return OptionalLong.of(Long.parseLong(parameters.group(2)));
      }
    }
    return OptionalLong.empty();
  }

  private static Optional<Long> boxed(OptionalLong number) {
    return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
  }

  private Optional<Window> three(String limit, String remaining, String reset) {
    var allowed = number(limit);
    var left = remaining.isEmpty() ? used(allowed) : number(remaining);
    var until = number(reset);
    if (allowed.isEmpty() || left.isEmpty() || until.isEmpty()) return Optional.empty();
    var seconds =
        until.get() < UNIX_TIME ? until.get() : until.get() - clock.instant().getEpochSecond();
    return Optional.of(
        new Window(
            OptionalLong.of(allowed.get()),
            left.get(),
            seconds(Math.max(0, seconds)),
            Optional.empty()));
  }

  /// Genesys Cloud tells how many were used.
  private Optional<Long> used(Optional<Long> allowed) {
    return number("inin-ratelimit-count").flatMap(u -> allowed.map(a -> Math.max(0, a - u)));
  }

  private Optional<Long> number(String field) {
    return answer.field(field).stream()
        .findFirst()
        .map(NUMBER::matcher)
        .filter(Matcher::matches)
        .map(m -> Long.parseLong(m.group(1)));
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(Math.min(seconds, SECONDS_MAX));
  }
}
