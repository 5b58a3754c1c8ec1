package dev.tenure.deliver.budget;

import dev.tenure.target.Budget.Window;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// An announced limit of `allowed` requests in so short a `window` that whole seconds do not tell
/// when or how they come back: they are spaced evenly, a little below it. The window began at
/// `since`, or shortly before: then there were many more than an answer earlier.
record Brief(long allowed, double left, Instant since, Duration window) implements Announced {
  private static final Duration LONGEST = Duration.ofSeconds(3);

  /// Of the limit so much is used.
  private static final double SLACK = 0.99;

  private static final double PLENTY = 0.25;

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
    var next = Announced.first(told, underWay, now);
    if (!(next instanceof Brief brief)) return next;
    // Answers that come in another order than their requests tell a few more, too.
    boolean isNewWindow = brief.left - left > allowed * PLENTY;
    return isNewWindow ? brief : new Brief(brief.allowed, brief.left, since, brief.window);
  }

  @Override
  public Brief at(Instant now) {
    return now.isBefore(resetAt()) ? this : new Brief(allowed, allowed, now, window);
  }

  @Override
  public Brief without(double count) {
    return new Brief(allowed, left - count, since, window);
  }

  @Override
  public Instant resetAt() {
    return since.plus(window);
  }

  /// Nothing: in a moment all of it is there again.
  @Override
  public double kept(Terms terms, Instant now) {
    return 0;
  }

  @Override
  public double pace(Terms terms, Instant now) {
    return SLACK * even(terms);
  }

  @Override
  public double lasting(Terms terms, long changes, Instant now) {
    return changes / pace(terms, now);
  }

  /// What was missed is made up for while there is plenty.
  @Override
  public double burst(double pace) {
    return Math.min(Announced.super.burst(pace), left * PLENTY);
  }

  @Override
  public ObjectNode json(ObjectNode node) {
    node.put("kind", "brief").put("allowed", allowed).put("left", left);
    return node.put("at", since.toString()).put("windowMillis", window.toMillis());
  }

  static Brief of(JsonNode node) {
    return new Brief(
        node.path("allowed").longValue(),
        node.path("left").doubleValue(),
        Instant.parse(node.path("at").stringValue()),
        Duration.ofMillis(node.path("windowMillis").longValue()));
  }
}
