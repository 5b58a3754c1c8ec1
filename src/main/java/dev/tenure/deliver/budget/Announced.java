package dev.tenure.deliver.budget;

import dev.tenure.target.Budget.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A limit that a target announces: `left` of `allowed` requests until `resetAt`, then all again.
/// What was granted since is taken off. `resetAt` is the latest that all answers allow.
record Announced(long allowed, double left, Instant resetAt, Duration window) {
  /// Targets tell whole seconds, rounded who knows how.
  private static final Duration ROUNDING = Duration.ofSeconds(1);

  /// Two answers whose resets are nearer to each other speak of the same window.
  private static final Duration SAME = Duration.ofMillis(1500);

  /// Where the length of the window is not told: the least of these that holds what is left of it.
  private static final List<Duration> LENGTHS =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          Duration.ofHours(1),
          Duration.ofDays(1));

  /// Until when what is left should have been used: after it a request may count in the next
  /// window.
  Instant useUntil() {
    return resetAt.minus(ROUNDING);
  }

  static Announced first(Window told, Instant now) {
    return of(told, told.allowed().orElse(told.left()), (double) told.left(), now);
  }

  private static Announced of(Window told, long allowed, double left, Instant now) {
    var window = told.length().orElseGet(() -> length(told.reset()));
    return new Announced(Math.max(1, allowed), left, now.plus(told.reset()).plus(ROUNDING), window);
  }

  private static Duration length(Duration reset) {
    return LENGTHS.stream().filter(l -> l.compareTo(reset) >= 0).findFirst().orElse(reset);
  }

  /// The same after an answer. Those that are `underWay` are not in what it tells.
  Announced told(Window told, int underWay, Instant now) {
    var reset = now.plus(told.reset()).plus(ROUNDING);
    // An answer of the window before that comes late.
    if (reset.isBefore(resetAt.minus(window).plus(SAME))) return this;
    var rest = (double) Math.max(0, told.left() - underWay);
    var allowed = told.allowed().orElse(Math.max(this.allowed, told.left()));
    var shift = Duration.between(resetAt, reset).abs();
    if (shift.compareTo(SAME) < 0) {
      return new Announced(Math.max(1, allowed), Math.min(left, rest), earlier(reset), window);
    }
    return of(told, allowed, rest, now);
  }

  private Instant earlier(Instant reset) {
    return reset.isBefore(resetAt) ? reset : resetAt;
  }

  /// The same at this time: after its reset the next window has begun.
  Announced at(Instant now) {
    if (now.isBefore(resetAt)) return this;
    var next = resetAt.plus(window);
    return new Announced(allowed, allowed, now.isBefore(next) ? next : now.plus(window), window);
  }

  Announced without(double count) {
    return new Announced(allowed, left - count, resetAt, window);
  }

  /// The part of the window that is still to come.
  double ahead(Instant now) {
    var rest = Duration.between(now, resetAt).toMillis();
    return Math.clamp((double) rest / window.toMillis(), 0.0, 1.0);
  }

  ObjectNode json(ObjectNode node) {
    node.put("allowed", allowed).put("left", left);
    return node.put("resetAt", resetAt.toString()).put("windowMillis", window.toMillis());
  }

  static Announced of(JsonNode node) {
    return new Announced(
        node.path("allowed").longValue(),
        node.path("left").doubleValue(),
        Instant.parse(node.path("resetAt").stringValue()),
        Duration.ofMillis(node.path("windowMillis").longValue()));
  }
}
