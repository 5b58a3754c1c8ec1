package dev.tenure.deliver.budget;

import dev.tenure.target.Budget.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// An announced limit whose requests all come back at once, at `resetAt`: the latest that all
/// answers allow. What is left is spread over what is left of the window.
record Windowed(long allowed, double left, Instant resetAt, Duration window) implements Announced {
  /// Targets tell whole seconds, rounded who knows how.
  private static final Duration ROUNDING = Duration.ofSeconds(1);

  /// Two answers whose resets are nearer to each other speak of the same window.
  private static final Duration SAME = Duration.ofMillis(1500);

  /// The rest of a window is spread over at least this.
  private static final double LAST_SECONDS = 0.25;

  /// Where the length of the window is not told: the least of these that holds what is left of it.
  private static final List<Duration> LENGTHS =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          Duration.ofHours(1),
          Duration.ofDays(1));

  static Windowed first(Window told, Instant now) {
    return of(told, told.allowed().orElse(told.left()), (double) told.left(), now);
  }

  private static Windowed of(Window told, long allowed, double left, Instant now) {
    var window = told.length().orElseGet(() -> length(told.reset()));
    return new Windowed(Math.max(1, allowed), left, now.plus(told.reset()).plus(ROUNDING), window);
  }

  private static Duration length(Duration reset) {
    return LENGTHS.stream().filter(l -> l.compareTo(reset) >= 0).findFirst().orElse(reset);
  }

  @Override
  public Announced told(Window told, int underWay, Instant now) {
    var reset = now.plus(told.reset()).plus(ROUNDING);
    // An answer of the window before that comes late.
    if (reset.isBefore(resetAt.minus(window).plus(SAME))) return this;
    var rest = (double) Math.max(0, told.left() - underWay);
    var shift = Duration.between(resetAt, reset).abs();
    var most = told.allowed().orElse(Math.max(allowed, told.left()));
    if (shift.compareTo(SAME) < 0) {
      return new Windowed(Math.max(1, most), Math.min(left, rest), earlier(reset), window);
    }
    var next = Announced.first(told, underWay, now);
    return next instanceof Windowed ? of(told, most, rest, now) : next;
  }

  private Instant earlier(Instant reset) {
    return reset.isBefore(resetAt) ? reset : resetAt;
  }

  /// After its reset the next window has begun.
  @Override
  public Windowed at(Instant now) {
    if (now.isBefore(resetAt)) return this;
    var next = resetAt.plus(window);
    return new Windowed(allowed, allowed, now.isBefore(next) ? next : now.plus(window), window);
  }

  @Override
  public Windowed without(double count) {
    return new Windowed(allowed, left - count, resetAt, window);
  }

  /// The less, the nearer the reset is.
  @Override
  public double kept(Terms terms, Instant now) {
    var ahead = (double) Duration.between(now, resetAt).toMillis() / window.toMillis();
    return Math.floor(terms.reserve() * terms.share() * allowed * Math.clamp(ahead, 0.0, 1.0));
  }

  /// What is left should have been used a little before the reset: after that a request may count
  /// in the next window.
  @Override
  public double pace(Terms terms, Instant now) {
    var rest = Math.max(0, ours(terms) - kept(terms, now));
    var time = Duration.between(now, resetAt.minus(ROUNDING)).toMillis() / 1000.0;
    return rest / Math.max(LAST_SECONDS, time);
  }

  @Override
  public double lasting(Terms terms, long changes, Instant now) {
    var rest = ours(terms) - kept(terms, now);
    if (changes <= rest) return changes / pace(terms, now);
    var untilReset = Math.max(0, Duration.between(now, resetAt).toMillis() / 1000.0);
    return untilReset + (changes - Math.max(0, rest)) / even(terms);
  }

  @Override
  public ObjectNode json(ObjectNode node) {
    node.put("allowed", allowed).put("left", left);
    return node.put("resetAt", resetAt.toString()).put("windowMillis", window.toMillis());
  }

  static Windowed of(JsonNode node) {
    return new Windowed(
        node.path("allowed").longValue(),
        node.path("left").doubleValue(),
        Instant.parse(node.path("resetAt").stringValue()),
        Duration.ofMillis(node.path("windowMillis").longValue()));
  }
}
