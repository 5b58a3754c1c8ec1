package dev.tenure.policy;

import dev.tenure.id.PersonKey;
import dev.tenure.policy.expression.Expression;
import dev.tenure.policy.expression.Expression.Answer;
import dev.tenure.policy.expression.Subject;
import dev.tenure.policy.expression.Variables;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// People to whom the scope does not apply as to others. Whatever is named must hold: one of
/// `keys`, membership in one of `groups`, and `when`. `until` is the last day (UTC) on which it
/// counts.
record Exemption(
    Set<PersonKey> keys,
    List<String> groups,
    Optional<Expression> when,
    String reason,
    Optional<LocalDate> until) {
  Exemption {
    keys = Set.copyOf(keys);
    groups = List.copyOf(groups);
  }

  /// Whether somebody is meant.
  sealed interface Verdict {
    record No() implements Verdict {}

    record Yes(Exemption exemption) implements Verdict {}

    record Unknown(String why) implements Verdict {}
  }

  /// The first of these that means the person, or of which that cannot be told.
  static Verdict first(List<Exemption> all, Subject subject, Variables variables) {
    for (var one : all) {
      var verdict = one.of(subject, variables);
      if (!(verdict instanceof Verdict.No)) return verdict;
    }
    return new Verdict.No();
  }

  private Verdict of(Subject subject, Variables variables) {
    var person = subject.person();
    if (ends().filter(end -> !subject.at().isBefore(end)).isPresent()) return new Verdict.No();
    if (!keys.isEmpty() && !keys.contains(person.key())) return new Verdict.No();
    if (!groups.isEmpty() && Scope.membership(person, groups).isEmpty()) return new Verdict.No();
    if (when.isEmpty()) return new Verdict.Yes(this);
    return switch (when.get().of(subject, variables)) {
      case Answer.Value(Boolean holds) -> holds ? new Verdict.Yes(this) : new Verdict.No();
      case Answer.Value(var other) -> new Verdict.Unknown("it gave " + other);
      case Answer.NoEntry(var table, var value) ->
          new Verdict.Unknown("the table '" + table + "' has no entry for '" + value + "'");
      case Answer.Refused(var why, _, _) -> new Verdict.Unknown(why);
      case Answer.Failed(var why) -> new Verdict.Unknown(why);
    };
  }

  /// From when on it does not count any more.
  Optional<Instant> ends() {
    return until.map(day -> day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  /// `on leave, until 2026-12-31`.
  String words() {
    return until.map(day -> reason + ", until " + day).orElse(reason);
  }
}
