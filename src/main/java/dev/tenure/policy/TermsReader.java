package dev.tenure.policy;

import dev.tenure.config.Section;
import dev.tenure.policy.Desired.Owner;
import dev.tenure.policy.MapRule.Terms;
import dev.tenure.problem.Code;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Reads what a rule of a map says beside its expression.
final class TermsReader {
  private static final int COUNTER_MAX = 99;
  private static final int COUNTER_LIMIT = 9_999;

  /// What happens to the target's value where a rule gives none.
  private enum Empty {
    CLEAR,
    KEEP
  }

  private TermsReader() {}

  /// Of a rule written long, or of one that is an expression only.
  static Terms read(Optional<Section> details, Shape shape) {
    return details
        .map(d -> of(d, shape))
        .orElse(new Terms(Owner.ALWAYS, Optional.empty(), false, false, false, COUNTER_MAX));
  }

  private static Terms of(Section details, Shape shape) {
    var counterMax = details.count("counterMax", COUNTER_MAX);
    details.require(
        counterMax >= 2 && counterMax <= COUNTER_LIMIT,
        "counterMax",
        "must be from 2 to " + COUNTER_LIMIT);
    return new Terms(
        details.oneOf("owner", Owner.ALWAYS),
        fallback(details, shape),
        details.oneOf("empty", Empty.CLEAR) == Empty.KEEP,
        details.flag("hidden", false),
        details.flag("unique", false) || details.has("alternatives"),
        counterMax);
  }

  private static Optional<JsonNode> fallback(Section details, Shape shape) {
    if (!details.has("fallback")) return Optional.empty();
    try {
      return Optional.of(shape.json(shape.read(details.texts("fallback"))));
    } catch (Shape.Misfit e) {
      details.problem(
          "fallback",
          Code.CONFIG_VALUE,
          "the fallback does not fit: " + e.getMessage(),
          "give a " + shape.wanted());
      return Optional.empty();
    }
  }
}
