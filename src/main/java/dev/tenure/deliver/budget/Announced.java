package dev.tenure.deliver.budget;

import dev.tenure.target.Budget.Window;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A limit that a target announces: `left` of `allowed` requests in a `window`. What was granted
/// since the last answer is taken off.
sealed interface Announced permits Windowed, Flowing, Brief {
  /// So long a pause is usually made up for at once.
  double BURST_SECONDS = 0.25;

  long allowed();

  double left();

  Duration window();

  /// When all of it is there again, at the latest.
  Instant resetAt();

  /// The same after an answer. Those that are `underWay` are not in what it tells.
  Announced told(Window told, int underWay, Instant now);

  /// The same at this time.
  Announced at(Instant now);

  Announced without(double count);

  /// What is kept of it for leavers.
  double kept(Terms terms, Instant now);

  /// Requests a second that use it up and do not exceed it; 0 where there are none before the
  /// reset.
  double pace(Terms terms, Instant now);

  /// Seconds until so many changes are sent.
  double lasting(Terms terms, long changes, Instant now);

  /// What is ours of it in a second.
  default double even(Terms terms) {
    return allowed() * terms.share() * 1000 / window().toMillis();
  }

  /// How many requests may be made up for at once, at that pace.
  default double burst(double pace) {
    return pace * BURST_SECONDS;
  }

  ObjectNode json(ObjectNode node);

  /// Of what is left, what is ours.
  default double ours(Terms terms) {
    return left() - (1 - terms.share()) * allowed();
  }

  static Announced first(Window told, int underWay, Instant now) {
    if (Brief.fits(told)) return Brief.of(told, underWay, now);
    return Flowing.fits(told)
        ? Flowing.of(told, underWay, now)
        : Windowed.first(told, now).without(underWay);
  }

  static Announced of(JsonNode node) {
    return switch (node.path("kind").stringValue("")) {
      case "brief" -> Brief.of(node);
      case "flowing" -> Flowing.of(node);
      default -> Windowed.of(node);
    };
  }
}
