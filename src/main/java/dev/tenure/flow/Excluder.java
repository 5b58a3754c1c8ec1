package dev.tenure.flow;

import dev.tenure.flow.Exclusions.Exclusion;
import dev.tenure.flow.Exclusions.Term;
import dev.tenure.id.PersonKey;
import dev.tenure.policy.Standing;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Takes people out of a flow's scope by hand, and back. Nothing is sent here: the next turn or
/// plan decides on them, and a server that runs the flow has one at once.
public final class Excluder {
  /// So long may a reason be, in characters.
  public static final int REASON_MAX = 400;

  private final Cycle cycle;

  public Excluder(Cycle cycle) {
    this.cycle = cycle;
  }

  /// An exclusion for this reason until then: a day, with its end (UTC), or a time such as
  /// `2026-11-24T08:00:00Z`. Throws `EXCLUSION_UNUSABLE`.
  public Term term(String reason, Optional<String> until) {
    if (reason.isBlank()) {
      throw unusable("no reason is given", "say why, for who looks later").found();
    }
    if (reason.length() > REASON_MAX) {
      throw unusable("the reason is too long", "use at most " + REASON_MAX + " characters").found();
    }
    var end = until.map(Excluder::end);
    if (end.filter(e -> !e.isAfter(cycle.now())).isPresent()) {
      throw unusable("its end is over already", "give a day or time to come, or none").found();
    }
    return new Term(reason.strip().replace('\0', ' '), end);
  }

  private static Instant end(String text) {
    try {
      return text.contains("T")
          ? Instant.parse(text)
          : LocalDate.parse(text).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException _) {
      throw unusable(
              "'" + text + "' is neither a day nor a time",
              "write it like 2027-01-31 or 2027-01-31T08:00:00Z")
          .found();
    }
  }

  private static Problem unusable(String message, String remedy) {
    return new Problem(Code.EXCLUSION_UNUSABLE, message, Map.of(), remedy);
  }

  /// Excludes somebody whom the source has or had. Throws `PERSON_UNKNOWN`, and `PERSON_PROTECTED`
  /// where that would change nothing.
  public Exclusion exclude(Flow flow, PersonKey person, Term term) {
    refuseProtected(flow, person);
    var made = cycle.books().exclusions().exclude(flow.id(), person, term);
    due(flow, person);
    return made;
  }

  /// Throws as [#exclude] does; writes nothing.
  public void refuseProtected(Flow flow, PersonKey person) {
    var known = cycle.books().people().find(flow.id(), person);
    if (known.isEmpty()) throw unknown(flow, person).found();
    var decision = cycle.rulings(flow).of(known.get().person(), cycle.now());
    if (decision.standing() instanceof Standing.Protected(_, var why)) {
      throw new Problem(
              Code.PERSON_PROTECTED,
              "nothing of theirs is ever written, so that excluding them changes nothing: " + why,
              Map.of("flow", flow.id().value(), "person", person.value()),
              "take them out of scope.protect first")
          .found();
    }
  }

  private static Problem unknown(Flow flow, PersonKey person) {
    return new Problem(
        Code.PERSON_UNKNOWN,
        "the person was never read from the source",
        Map.of("flow", flow.id().value(), "person", person.value()),
        "check the spelling; if they are new, 'tenure plan " + flow.id() + "' reads the source");
  }

  /// Lets the rules alone count again. Throws `EXCLUSION_UNKNOWN` where the person is not excluded.
  public Exclusion lift(Flow flow, PersonKey person) {
    var lifted = cycle.books().exclusions().lift(flow.id(), person);
    due(flow, person);
    return lifted.orElseThrow(() -> notExcluded(flow, person).found());
  }

  private static Problem notExcluded(Flow flow, PersonKey person) {
    return new Problem(
        Code.EXCLUSION_UNKNOWN,
        "the person is not excluded by hand",
        Map.of("flow", flow.id().value(), "person", person.value()),
        "'tenure exclude " + flow.id() + "' lists who is, 'tenure explain' says why they are out");
  }

  /// Who is excluded now, in the order of their keys.
  public List<Exclusion> all(Flow flow) {
    return List.copyOf(cycle.books().exclusions().of(flow.id()).values());
  }

  /// By what the person is excluded now.
  public Optional<Exclusion> of(Flow flow, PersonKey person) {
    return cycle.books().exclusions().ever(flow.id(), person).stream()
        .filter(e -> e.counts(cycle.now()))
        .findFirst();
  }

  private void due(Flow flow, PersonKey person) {
    cycle.books().agenda().add(flow.id(), List.of(person), cycle.now());
  }
}
