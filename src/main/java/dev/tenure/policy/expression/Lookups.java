package dev.tenure.policy.expression;

import static dev.tenure.policy.function.Overload.TEXT;
import static dev.tenure.policy.function.Overload.TEXTS;

import dev.tenure.policy.function.Overload;
import java.util.List;
import java.util.Set;

/// The functions that read tables, and those that stand for a whole rule.
final class Lookups {
  static final Set<String> NAMES = Set.of("lookup", "lookupAll");

  private Lookups() {}

  /// Without a value for the others, a key that a table does not have is [Tables.NoEntry].
  static List<Overload> of(Tables tables) {
    return List.of(
        Overload.of("lookup", List.of(TEXT, TEXT, TEXT), g -> tables.one(g.text(0), g.text(1))),
        Overload.of(
            "lookup",
            List.of(TEXT, TEXT, TEXT, TEXT),
            g -> tables.has(g.text(0), g.text(1)) ? tables.one(g.text(0), g.text(1)) : g.text(2)),
        Overload.of("lookupAll", List.of(TEXTS, TEXT, TEXT), g -> tables.all(g.text(0), g.text(1))),
        Overload.of(
            "lookupAll",
            List.of(TEXTS, TEXT, TEXT, TEXTS),
            g -> tables.has(g.text(0), g.text(1)) ? tables.all(g.text(0), g.text(1)) : g.texts(2)));
  }

  /// Their values pass through: what they ask for is the planner's to find. `unique` is declared as
  /// the text that it will be.
  static List<Overload> wishes() {
    return List.of(
        Overload.of("unique", List.of(TEXT, TEXTS), g -> g.texts(0)),
        Overload.of("account", List.of(TEXT, TEXT), g -> g.text(0)),
        Overload.of("account", List.of(TEXT, TEXT, TEXT), g -> g.text(0)));
  }
}
