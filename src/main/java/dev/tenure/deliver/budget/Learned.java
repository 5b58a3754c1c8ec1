package dev.tenure.deliver.budget;

import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A limit that nobody told, learned from refusals: a little below what was let through before the
/// last one, then slowly more, until the next. `perMinute` 0: nothing is learned.
record Learned(double perMinute, double ceiling, Instant since) {
  /// Fewer requests than this tell nothing: somebody else used the limit up.
  private static final double TELLING = 10;

  private static final double LEAST = 6;
  private static final double BELOW = 0.98;
  private static final double LESS = 0.9;

  /// Per minute: near the ceiling, and well below it.
  private static final double SLOWLY = 1.005;

  private static final double QUICKLY = 1.1;
  private static final double NEAR = 0.9;

  static Learned nothing(Instant now) {
    return new Learned(0, 0, now);
  }

  boolean isSomething() {
    return perMinute > 0;
  }

  /// After a refusal; `sent` requests were let through in the minute before it.
  Learned refused(double sent, Instant now) {
    var through = isSomething() ? Math.min(perMinute, sent) : sent;
    if (through >= TELLING) return new Learned(through * BELOW, through, now);
    return isSomething() ? new Learned(Math.max(LEAST, perMinute * LESS), ceiling, now) : this;
  }

  /// With what was added since without a refusal.
  Learned at(Instant now) {
    if (!isSomething()) return this;
    var minutes = Duration.between(since, now).toMillis() / 60_000.0;
    if (minutes <= 0) return this;
    var growth = perMinute < ceiling * NEAR ? QUICKLY : SLOWLY;
    return new Learned(perMinute * Math.pow(growth, Math.min(minutes, 60)), ceiling, now);
  }

  ObjectNode json(ObjectNode node) {
    node.put("perMinute", perMinute).put("ceiling", ceiling);
    return node.put("since", since.toString());
  }

  static Learned of(JsonNode node) {
    return new Learned(
        node.path("perMinute").doubleValue(),
        node.path("ceiling").doubleValue(),
        Instant.parse(node.path("since").stringValue()));
  }
}
