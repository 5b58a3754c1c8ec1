package dev.tenure.policy;

import dev.tenure.id.PersonKey;
import dev.tenure.policy.expression.Expression;
import dev.tenure.policy.expression.Expression.Answer;
import dev.tenure.policy.expression.Subject;
import dev.tenure.policy.expression.Variables;
import dev.tenure.policy.function.Refusal;
import dev.tenure.policy.function.Times;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/// From when to when a person may have access.
///
/// `start` and `end` give a day or a time, or nothing; a day is one of the time zone that `zone`
/// gives (UTC where it gives none). The first day begins at midnight; the account is prepared,
/// disabled, this much ahead. The last day ends at `endsAt`. An end before the start belongs to an
/// earlier employment and does not count.
record Effective(
    Optional<Expression> start,
    Optional<Expression> end,
    Optional<Expression> zone,
    Duration prehire,
    Optional<LocalTime> endsAt) {
  static final Effective ALWAYS =
      new Effective(
          Optional.empty(), Optional.empty(), Optional.empty(), Duration.ZERO, Optional.empty());

  /// Where a person stands between first and last day.
  sealed interface Phase {
    /// May have access, since `start` and `until` then.
    record Within(Optional<Instant> start, Optional<Instant> until) implements Phase {}

    /// Too early to prepare anything.
    record Ahead(Instant prepared, String why) implements Phase {}

    /// Gets an account, disabled.
    record Preparing(Instant start, String why) implements Phase {}

    record Over(Instant end, String why) implements Phase {}

    /// A date cannot be told.
    record Unknown(Problem problem) implements Phase {}
  }

  Phase of(Subject subject, Variables variables) {
    try {
      var place = Times.zone(text("zone", zone, subject, variables));
      var starts = time("start", start, new Asked(subject, variables, place));
      var ends = time("end", end, new Asked(subject, variables, place));
      return phase(starts, ends, new At(subject.at(), place));
    } catch (Untold e) {
      return new Phase.Unknown(e.problem);
    } catch (Refusal e) {
      return new Phase.Unknown(problem(subject.person().key(), "zone", e));
    }
  }

  private record At(Instant now, ZoneId place) {}

  private record Asked(Subject subject, Variables variables, ZoneId place) {}

  private Phase phase(Optional<Instant> starts, Optional<Instant> ends, At at) {
    var end = ends.filter(e -> starts.isEmpty() || !e.isBefore(starts.get()));
    if (end.isPresent() && !at.now().isBefore(end.get())) {
      return new Phase.Over(end.get(), "left at " + Words.time(end.get(), at.place()));
    }
    if (starts.isEmpty() || !at.now().isBefore(starts.get())) return new Phase.Within(starts, end);
    var why = "starts at " + Words.time(starts.get(), at.place());
    var prepared = starts.get().minus(prehire);
    return at.now().isBefore(prepared)
        ? new Phase.Ahead(prepared, why)
        : new Phase.Preparing(starts.get(), why);
  }

  private Optional<Instant> time(String name, Optional<Expression> of, Asked asked) throws Untold {
    if (of.isEmpty()) return Optional.empty();
    var given = value(name, of.get(), asked.subject(), asked.variables());
    if (given instanceof Instant instant) return Optional.of(instant);
    var text = String.valueOf(given).strip();
    if (text.isEmpty()) return Optional.empty();
    try {
      boolean lastDay = name.equals("end") && Times.isDay(text);
      return Optional.of(lastDay ? closing(text, asked.place()) : Times.parse(text, asked.place()));
    } catch (Refusal e) {
      throw new Untold(problem(asked.subject().person().key(), name, e));
    }
  }

  /// The end of a last day.
  private Instant closing(String day, ZoneId place) {
    var begins = Times.parse(day, place);
    var date = LocalDate.ofInstant(begins, place);
    return endsAt
        .map(time -> date.atTime(time).atZone(place).toInstant())
        .orElseGet(() -> date.plusDays(1).atStartOfDay(place).toInstant());
  }

  private static String text(
      String name, Optional<Expression> of, Subject subject, Variables variables) throws Untold {
    return of.isEmpty() ? "" : String.valueOf(value(name, of.get(), subject, variables));
  }

  private static Object value(
      String name, Expression expression, Subject subject, Variables variables) throws Untold {
    var person = subject.person().key();
    return switch (expression.of(subject, variables)) {
      case Answer.Value(var value) -> value;
      case Answer.NoEntry(var table, var value) ->
          throw new Untold(
              problem(
                  person,
                  name,
                  new Refusal(
                      "the table '" + table + "' has no entry for '" + value + "'",
                      value,
                      "add it to the table '" + table + "'")));
      case Answer.Refused(var why, var value, var remedy) ->
          throw new Untold(problem(person, name, new Refusal(why, value, remedy)));
      case Answer.Failed(var why) ->
          throw new Untold(
              problem(
                  person,
                  name,
                  new Refusal(why, expression.inputs(subject, variables), "make it fit")));
    };
  }

  private static Problem problem(PersonKey person, String name, Refusal refusal) {
    return new Problem(
        Code.MAP_FAILED,
        "'effective." + name + "' cannot be told: " + refusal.why(),
        Map.of("person", person.value(), "rule", "effective." + name, "value", refusal.value()),
        refusal.remedy());
  }

  private static final class Untold extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Problem problem;

    Untold(Problem problem) {
      super(problem.message(), null, false, false);
      this.problem = problem;
    }
  }
}
