package dev.tenure.deliver.budget;

import dev.tenure.target.Budget.Window;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// An announced limit of `allowed` requests in so short a `window` that whole seconds do not tell
/// when or how they come back: they are spaced evenly, a little below it. `left` was so `at` the
/// last answer.
record Brief(long allowed, double left, Instant at, Duration window) implements Announced {
  private static final Duration LONGEST = Duration.ofSeconds(3);

  /// Of the limit so much is used.
  private static final double SLACK = 0.99;

  private static final double PLENTY = 0.25;

  private static final double MILLIS = 1000;

  static boolean fits(Window told) {
    var window = told.length().filter(Duration::isPositive);
    return told.allowed().isPresent() && window.filter(w -> w.compareTo(LONGEST) <= 0).isPresent();
  }

  static Brief of(Window told, int underWay, Instant now) {
    var allowed = Math.max(1, told.allowed().orElseThrow());
    var rest = (double) Math.max(0, told.left() - underWay);
    return new Brief(allowed, rest, now, told.length().orElseThrow());
  }

  @Override
  public Announced told(Window told, int underWay, Instant now) {
    return Announced.first(told, underWay, now);
  }

  @Override
  public Brief at(Instant now) {
    return now.isBefore(resetAt()) ? this : new Brief(allowed, allowed, now, window);
  }

  @Override
  public Brief without(double count) {
    return new Brief(allowed, left - count, at, window);
  }

  @Override
  public Instant resetAt() {
    return at.plus(window);
  }

  /// Nothing: in a moment all of it is there again.
  @Override
  public double kept(Terms terms, Instant now) {
    return 0;
  }

  @Override
  public double pace(Terms terms, Instant now) {
    return SLACK * terms.share() * allowed * MILLIS / window.toMillis();
  }

  /// What was missed is made up for while there is plenty.
  @Override
  public double burst(double pace) {
    return Math.min(Announced.super.burst(pace), left * PLENTY);
  }

  @Override
  public ObjectNode json(ObjectNode node) {
    node.put("kind", "brief").put("allowed", allowed).put("left", left);
    return node.put("at", at.toString()).put("windowMillis", window.toMillis());
  }

  static Brief of(JsonNode node) {
    return new Brief(
        node.path("allowed").longValue(),
        node.path("left").doubleValue(),
        Instant.parse(node.path("at").stringValue()),
        Duration.ofMillis(node.path("windowMillis").longValue()));
  }
}
