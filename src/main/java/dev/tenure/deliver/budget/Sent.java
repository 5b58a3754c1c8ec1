package dev.tenure.deliver.budget;

import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How many requests the last minute saw, about: the minute that runs, and what the one before it
/// still counts.
record Sent(Instant since, double now, double before) {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  Sent plus(double count, Instant at) {
    var age = Duration.between(since, at);
    if (age.compareTo(MINUTE.multipliedBy(2)) >= 0) return new Sent(at, Math.max(0, count), 0);
    if (age.compareTo(MINUTE) >= 0) return new Sent(since.plus(MINUTE), Math.max(0, count), now);
    return new Sent(since, Math.max(0, now + count), before);
  }

  double inLastMinute(Instant at) {
    var sent = plus(0, at);
    var age = Duration.between(sent.since, at).toMillis();
    return sent.now + sent.before * (1 - Math.clamp((double) age / MINUTE.toMillis(), 0.0, 1.0));
  }

  ObjectNode json(ObjectNode node) {
    return node.put("since", since.toString()).put("now", now).put("before", before);
  }

  static Sent of(JsonNode node) {
    return new Sent(
        Instant.parse(node.path("since").stringValue()),
        node.path("now").doubleValue(),
        node.path("before").doubleValue());
  }
}
