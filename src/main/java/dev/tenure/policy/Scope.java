package dev.tenure.policy;

import dev.tenure.source.Person;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Who is in: members of any of `groups` (by name, in any letter case; none = everybody) for whom
/// `when` is true.
record Scope(List<String> groups, Optional<Expression> when) {
  /// In or out, and why; or not to be told.
  sealed interface Verdict {
    record In(String why) implements Verdict {}

    record Out(String why) implements Verdict {}

    record Unknown(String why) implements Verdict {}
  }

  Verdict of(Person person, Variables variables) {
    var membership = membership(person);
    if (membership.isEmpty()) {
      return new Verdict.Out("not a member of " + String.join(" or ", groups));
    }
    if (when.isEmpty()) return new Verdict.In(membership.get());
    var expression = when.get();
    return switch (expression.of(person, variables)) {
      case Expression.Answer.Value(Boolean in) ->
          in
              ? new Verdict.In(membership.get() + ", and " + expression.text())
              : new Verdict.Out("does not fulfil " + expression.text());
      case Expression.Answer.Value(var other) -> new Verdict.Unknown("it gave " + other);
      case Expression.Answer.NoEntry(var table, var value) ->
          new Verdict.Unknown("the table '" + table + "' has no entry for '" + value + "'");
      case Expression.Answer.Failed(var why) -> new Verdict.Unknown(why);
    };
  }

  private Optional<String> membership(Person person) {
    if (groups.isEmpty()) return Optional.of("everybody of the source");
    for (var group : groups) {
      var path = path(person, group);
      if (path.isPresent()) return path;
    }
    return Optional.empty();
  }

  private static Optional<String> path(Person person, String group) {
    var exact = person.groups().get(group);
    if (exact != null) return Optional.of(words(group, exact));
    var folded = group.toLowerCase(Locale.ROOT);
    return person.groups().entrySet().stream()
        .filter(e -> e.getKey().toLowerCase(Locale.ROOT).equals(folded))
        .map((Map.Entry<String, List<String>> e) -> words(e.getKey(), e.getValue()))
        .findFirst();
  }

  /// `member of All Staff via Sales, EMEA`.
  private static String words(String group, List<String> path) {
    var via = path.subList(0, Math.max(0, path.size() - 1));
    return "member of " + group + (via.isEmpty() ? "" : " via " + String.join(", ", via));
  }
}
