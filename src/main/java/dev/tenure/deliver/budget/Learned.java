package dev.tenure.deliver.budget;

import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A limit that nobody told, learned from refusals: a little below what was let through before the
/// last one, then slowly more, until the next. `perMinute` 0: nothing is learned. `through` were
/// let through since that refusal, at `resumedAt`; `since`: when it was last raised.
record Learned(double perMinute, double ceiling, double through, Instant resumedAt, Instant since) {
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
    return new Learned(0, 0, 0, now, now);
  }

  boolean isSomething() {
    return perMinute > 0;
  }

  /// So many more were sent.
  Learned plus(double count) {
    return new Learned(perMinute, ceiling, through + count, resumedAt, since);
  }

  /// After a refusal, with others `underWay`, where nothing is sent until then; `sent` requests
  /// were let through in the minute before it.
  Learned refused(double sent, int underWay, Instant until, Instant now) {
    if (!isSomething()) return sent < TELLING ? nothing(now) : below(sent, underWay, until);
    var minutes = minutes(resumedAt, now);
    var lately = minutes < 1 ? perMinute * LESS : (through - underWay) / minutes;
    return below(Math.min(perMinute, lately), underWay, until);
  }

  private static Learned below(double limit, int underWay, Instant until) {
    return new Learned(Math.max(LEAST, limit * BELOW), limit, underWay, until, until);
  }

  /// With what was added since without a refusal.
  Learned at(Instant now) {
    if (!isSomething()) return this;
    var minutes = minutes(since, now);
    if (minutes <= 0) return this;
    var growth = perMinute < ceiling * NEAR ? QUICKLY : SLOWLY;
    var next = perMinute * Math.pow(growth, Math.min(minutes, 60));
    return new Learned(next, ceiling, through, resumedAt, now);
  }

  private static double minutes(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 60_000.0;
  }

  ObjectNode json(ObjectNode node) {
    node.put("perMinute", perMinute).put("ceiling", ceiling).put("through", through);
    return node.put("resumedAt", resumedAt.toString()).put("since", since.toString());
  }

  static Learned of(JsonNode node) {
    return new Learned(
        node.path("perMinute").doubleValue(),
        node.path("ceiling").doubleValue(),
        node.path("through").doubleValue(),
        Instant.parse(node.path("resumedAt").stringValue()),
        Instant.parse(node.path("since").stringValue()));
  }
}
