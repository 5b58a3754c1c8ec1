package dev.tenure.policy;

import dev.tenure.policy.expression.Expression;
import dev.tenure.policy.expression.Expression.Answer;
import dev.tenure.policy.expression.Subject;
import dev.tenure.policy.expression.Variables;
import dev.tenure.source.Person;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Who is in: members of any of `groups` (by name, in any letter case; none = everybody) for whom
/// `when` is true. `protect` are those who are never touched, `exclude` those who never get an
/// account.
record Scope(
    List<String> groups,
    Optional<Expression> when,
    List<Exemption> protect,
    List<Exemption> exclude) {
  static final Scope EVERYBODY = new Scope(List.of(), Optional.empty(), List.of(), List.of());

  /// In or out, and why; or not to be told.
  sealed interface Verdict {
    record In(String why) implements Verdict {}

    record Out(String why) implements Verdict {}

    record Unknown(String why) implements Verdict {}
  }

  Verdict of(Subject subject, Variables variables) {
    var membership = membership(subject.person(), groups);
    if (membership.isEmpty()) {
      return new Verdict.Out("not a member of " + String.join(" or ", groups));
    }
    if (when.isEmpty()) return new Verdict.In(membership.get());
    var expression = when.get();
    return switch (expression.of(subject, variables)) {
      case Answer.Value(Boolean in) ->
          in
              ? new Verdict.In(membership.get() + ", and " + expression.text())
              : new Verdict.Out("does not fulfil " + expression.text());
      case Answer.Value(var other) -> new Verdict.Unknown("it gave " + other);
      case Answer.NoEntry(var table, var value) ->
          new Verdict.Unknown("the table '" + table + "' has no entry for '" + value + "'");
      case Answer.Refused(var why, _, _) -> new Verdict.Unknown(why);
      case Answer.Failed(var why) -> new Verdict.Unknown(why);
    };
  }

  /// In words, the first of these groups that the person is in, and through which other ones.
  static Optional<String> membership(Person person, List<String> groups) {
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
