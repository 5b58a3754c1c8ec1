package dev.tenure.flow;

import dev.tenure.flow.KnownPeople.Known;
import dev.tenure.id.PersonKey;
import dev.tenure.policy.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// Who will come and who will leave on the days that the rules know of (first days, last days, ends
/// of exclusions). Found by asking the rules about these days; nothing is read but what is kept.
public final class Comings {
  /// So often somebody's standing may change within the horizon.
  private static final int STEPS_MAX = 8;

  private final Rulings rulings;
  private final Instant now;
  private final Instant end;
  private final List<Coming> comings = new ArrayList<>();

  /// Somebody who comes at a time, or leaves.
  public record Coming(PersonKey person, Instant at, boolean joins) {}

  private Comings(Rulings rulings, Instant now, Duration horizon) {
    this.rulings = rulings;
    this.now = now;
    this.end = now.plus(horizon);
  }

  /// Those within the horizon; of at most [Outlook#PEOPLE_MAX] people, the next due first.
  static List<Coming> of(Flow flow, Cycle.Books books, Duration horizon) {
    var comings = new Comings(Rulings.of(flow, books), flow.clock().instant(), horizon);
    var people = new LinkedHashSet<>(books.agenda().ahead(flow.id(), Outlook.PEOPLE_MAX));
    for (var known : books.people().all(flow.id(), people)) {
      if (known.goneAt().isEmpty()) comings.follow(known);
    }
    return List.copyOf(comings.comings);
  }

  private void follow(Known known) {
    var person = known.person();
    var decision = rulings.of(person, now);
    var was = isIn(decision.standing(), now);
    for (var step = 0; step < STEPS_MAX && was.isPresent(); step++) {
      var at = decision.until().filter(end::isAfter);
      if (at.isEmpty()) return;
      decision = rulings.of(person, at.get());
      var is = isIn(decision.standing(), at.get());
      if (is.isPresent() && !is.equals(was)) {
        comings.add(new Coming(person.key(), at.get(), is.get()));
      }
      was = is;
    }
  }

  /// Whether they have access; absent where the rules cannot tell, or nothing is ever written.
  private static Optional<Boolean> isIn(Standing standing, Instant at) {
    return switch (standing) {
      case Standing.InScope(var desired) ->
          Optional.of(desired.firstDay().filter(day -> day.isAfter(at)).isEmpty());
      case Standing.Left _ -> Optional.of(false);
      case Standing.Unclear _, Standing.Protected _ -> Optional.empty();
    };
  }
}
