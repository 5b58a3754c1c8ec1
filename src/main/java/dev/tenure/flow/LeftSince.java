package dev.tenure.flow;

import dev.tenure.flow.KnownPeople.Known;
import dev.tenure.id.PersonKey;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// Since when people have been away.
final class LeftSince {
  private LeftSince() {}

  /// From the record itself where it tells (they are gone, or disabled); else since a decision
  /// first said so. Whoever leaves only now is missing.
  static Map<PersonKey, Instant> of(
      Map<PersonKey, Instant> decided, Map<PersonKey, Known> known, Collection<PersonKey> away) {
    var since = new HashMap<PersonKey, Instant>();
    for (var person : away) {
      var at = decided.get(person);
      if (at != null) since.put(person, at);
      var one = known.get(person);
      if (one == null) continue;
      if (one.person().disabled()) since.put(person, one.changedAt());
      one.goneAt().ifPresent(gone -> since.put(person, gone));
    }
    return since;
  }
}
