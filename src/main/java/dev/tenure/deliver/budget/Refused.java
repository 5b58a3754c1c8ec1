package dev.tenure.deliver.budget;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How many requests a target answered with 429 in each hour (UTC) of the last two days.
record Refused(Map<Instant, Long> hours) {
  static final Refused NONE = new Refused(Map.of());
  private static final Duration KEPT = Duration.ofDays(2);

  Refused {
    hours = Map.copyOf(hours);
  }

  Refused plus(Instant at) {
    var all = new TreeMap<>(hours);
    all.merge(at.truncatedTo(ChronoUnit.HOURS), 1L, Long::sum);
    all.headMap(at.minus(KEPT)).clear();
    return new Refused(all);
  }

  ObjectNode json(ObjectNode node) {
    hours.forEach((hour, count) -> node.put(hour.toString(), count));
    return node;
  }

  static Refused of(JsonNode node) {
    var hours = new TreeMap<Instant, Long>();
    node.properties().forEach(e -> hours.put(Instant.parse(e.getKey()), e.getValue().longValue()));
    return new Refused(hours);
  }
}
