package dev.tenure.flow;

import dev.tenure.id.FlowId;
import dev.tenure.id.PersonKey;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.util.List;
import java.util.Map;

/// Finds out whom somebody means.
record Naming(KnownPeople people) {
  private static final int NAMED_MAX = 10;

  /// The person of this key, or the only one with this value in some attribute (a userName, a mail
  /// address). Throws `PERSON_UNKNOWN` where there is none or several.
  PersonKey key(FlowId flow, String who) {
    boolean isKey = !who.isBlank() && who.length() <= PersonKey.LENGTH_MAX;
    if (isKey && people.find(flow, new PersonKey(who)).isPresent()) return new PersonKey(who);
    var named = people.named(flow, List.of(who), NAMED_MAX);
    if (named.size() == 1) return named.getFirst();
    throw unknown(flow, who, named);
  }

  private static Problem.Found unknown(FlowId flow, String who, List<PersonKey> named) {
    var several = !named.isEmpty();
    return new Problem(
            Code.PERSON_UNKNOWN,
            several
                ? "several people have the value '" + who + "'"
                : "nobody with the key or value '" + who + "' was ever read from the source",
            Map.of("flow", flow.value(), "person", several ? named.toString() : who),
            several
                ? "name one of these by the key"
                : "check the spelling; if they are new, 'tenure plan "
                    + flow
                    + "' reads the source")
        .found();
  }
}
