package dev.tenure.flow;

import dev.tenure.id.FlowId;
import dev.tenure.id.PersonKey;
import dev.tenure.policy.ByHand;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// People whom somebody took out of the scope by hand: as those whom `scope.exclude` names. Who
/// acts is taken from [dev.tenure.id.Correlation].
public interface Exclusions {
  /// Why, and the first moment at which it counts no more; absent: until it is lifted.
  record Term(String reason, Optional<Instant> until) {
    /// `excluded by ann until 2026-12-31: on leave`.
    public String words(String actor) {
      return "excluded by " + actor + end().map(" until "::concat).orElse("") + ": " + reason;
    }

    /// The last day (UTC), or the time, as people are told.
    public Optional<String> end() {
      return until.map(Term::shown);
    }

    private static String shown(Instant until) {
      var day = LocalDate.ofInstant(until, ZoneOffset.UTC);
      return day.atStartOfDay(ZoneOffset.UTC).toInstant().equals(until)
          ? day.minusDays(1).toString()
          : until.toString();
    }
  }

  /// When and by whom it was taken back.
  record Lifted(Instant at, String actor) {}

  /// Who is excluded, since when and by whom.
  record Exclusion(
      PersonKey person, Instant since, String actor, Term term, Optional<Lifted> lifted) {
    private static final String CONSOLE = "console:";

    /// Whether it counts at this time.
    public boolean counts(Instant at) {
      return !at.isBefore(since)
          && term.until().filter(end -> !at.isBefore(end)).isEmpty()
          && lifted.filter(l -> !at.isBefore(l.at())).isEmpty();
    }

    /// As it is said to people.
    public String words() {
      return term.words(actor.startsWith(CONSOLE) ? actor.substring(CONSOLE.length()) : actor);
    }

    /// As the rules are told.
    ByHand byHand() {
      return new ByHand(words(), term.until());
    }
  }

  /// From now on the person is excluded. What they were excluded by before ends.
  Exclusion exclude(FlowId flow, PersonKey person, Term term);

  /// The rules alone count again; what was lifted, absent where nothing counted.
  Optional<Exclusion> lift(FlowId flow, PersonKey person);

  /// All that count now, by person.
  Map<PersonKey, Exclusion> of(FlowId flow);

  /// All that ever were of this person, newest first.
  List<Exclusion> ever(FlowId flow, PersonKey person);

  /// Who was excluded after this time, or had that lifted, with the last time of each.
  Map<PersonKey, Instant> changedSince(FlowId flow, Instant after);
}
