package dev.tenure.deliver.budget;

import dev.tenure.target.Budget.Window;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// An announced limit whose requests come back one by one, `allowed` of them in each `window` (a
/// token bucket). `left` was so at the time `at`.
record Flowing(long allowed, double left, Instant at, Duration window) implements Announced {
  /// So much is not used: requests arrive in another order than they were sent in, and what is left
  /// is known as it was at the last answer.
  private static final double MARGIN = 0.25;

  private static final double MILLIS = 1000;

  /// Whether an answer speaks of such a limit: it is full again in the time in which what was used
  /// comes back. Times are told in whole seconds, rounded up.
  static boolean fits(Window told) {
    if (told.allowed().isEmpty() || told.length().isEmpty()) return false;
    var seconds = told.length().get().toSeconds();
    var allowed = Math.max(1.0, (double) told.allowed().getAsLong());
    var latest = (allowed - told.left()) / allowed * seconds + 1;
    var earliest = (latest - 1) * (seconds - 1) / seconds;
    var reset = told.reset().toSeconds();
    return reset >= Math.floor(earliest) && reset <= Math.ceil(latest);
  }

  static Flowing of(Window told, int underWay, Instant now) {
    var rest = (double) Math.max(0, told.left() - underWay);
    var allowed = Math.max(1, told.allowed().orElseThrow());
    return new Flowing(allowed, rest, now, told.length().orElseThrow());
  }

  /// Answers come in another order than their requests were counted in: the lesser of what is told
  /// and what was known holds.
  @Override
  public Announced told(Window told, int underWay, Instant now) {
    var next = Announced.first(told, underWay, now);
    if (!(next instanceof Flowing flow)) return next;
    return new Flowing(flow.allowed, Math.min(left, flow.left), flow.at, flow.window);
  }

  @Override
  public Flowing at(Instant now) {
    var passed = Math.max(0, Duration.between(at, now).toMillis());
    return new Flowing(
        allowed, Math.min((double) allowed, left + passed * perMilli()), now, window);
  }

  @Override
  public Flowing without(double count) {
    return new Flowing(allowed, left - count, at, window);
  }

  @Override
  public Instant resetAt() {
    return at.plusMillis((long) Math.ceil((allowed - left) / perMilli()));
  }

  @Override
  public double kept(Terms terms, Instant now) {
    return Math.floor(terms.reserve() * terms.share() * allowed);
  }

  /// As fast as they come back, and what is left beyond the margin within one window.
  @Override
  public double pace(Terms terms, Instant now) {
    var back = even(terms);
    return Math.max(back * MARGIN, back + beyondMargin(terms) * MILLIS / window.toMillis());
  }

  private double beyondMargin(Terms terms) {
    return ours(terms) - Math.max(MARGIN, terms.reserve()) * terms.share() * allowed;
  }

  @Override
  public double lasting(Terms terms, long changes, Instant now) {
    var quickly = changes / pace(terms, now);
    var isWithin = quickly * MILLIS <= window.toMillis();
    return isWithin ? quickly : (changes - beyondMargin(terms)) / even(terms);
  }

  private double perMilli() {
    return (double) allowed / window.toMillis();
  }

  @Override
  public ObjectNode json(ObjectNode node) {
    node.put("kind", "flowing").put("allowed", allowed).put("left", left);
    return node.put("at", at.toString()).put("windowMillis", window.toMillis());
  }

  static Flowing of(JsonNode node) {
    return new Flowing(
        node.path("allowed").longValue(),
        node.path("left").doubleValue(),
        Instant.parse(node.path("at").stringValue()),
        Duration.ofMillis(node.path("windowMillis").longValue()));
  }
}
