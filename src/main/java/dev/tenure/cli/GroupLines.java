package dev.tenure.cli;

import dev.tenure.id.PersonKey;
import dev.tenure.plan.Change;
import dev.tenure.plan.Membership;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

/// Changes of groups as people read them: by group, as they are sent, and by person.
final class GroupLines {
  private static final int NAMED_MAX = 3;

  private GroupLines() {}

  /// `group Sales: + ann@example.com (E1), − bo@example.com (E2), … 7 more`.
  static String head(Change change) {
    var all = Membership.of(change);
    var some =
        all.stream()
            .limit(NAMED_MAX)
            .map(m -> "%s %s (%s)".formatted(sign(m), m.name(), m.person()))
            .collect(Collectors.joining(", "));
    var more = all.size() > NAMED_MAX ? ", … " + (all.size() - NAMED_MAX) + " more" : "";
    return "group " + change.name() + ": " + (some.isEmpty() ? "nobody" : some) + more;
  }

  private static String sign(Membership one) {
    return one.joins() ? "+" : "−";
  }

  /// Whose memberships change, the most urgent first.
  static List<String> people(List<Change> changes, PlanView.Most shown) {
    var byPerson = new LinkedHashMap<PersonKey, List<Membership>>();
    for (var one : Membership.of(changes)) {
      byPerson.computeIfAbsent(one.person(), _ -> new ArrayList<>()).add(one);
    }
    if (byPerson.isEmpty()) return List.of();
    var lines = new ArrayList<String>();
    lines.add("memberships: " + byPerson.size() + (byPerson.size() == 1 ? " person" : " people"));
    byPerson.values().stream()
        .limit(shown.most())
        .forEach(theirs -> lines.add("  " + line(theirs)));
    lines.addAll(shown.rest("  ", byPerson.size(), " people"));
    return lines;
  }

  /// `ann@example.com (E1) groups: + Sales, − Support ← title`.
  private static String line(List<Membership> theirs) {
    var who = theirs.getFirst();
    return "%s (%s)  %s".formatted(who.name(), who.person(), groups(theirs));
  }

  /// `groups: + Sales, − Support ← title`.
  private static String groups(List<Membership> theirs) {
    var reasons = new LinkedHashSet<String>();
    theirs.forEach(m -> reasons.add(m.because()));
    var names =
        theirs.stream()
            .sorted((a, b) -> Boolean.compare(b.joins(), a.joins()))
            .map(m -> sign(m) + " " + m.in().name())
            .collect(Collectors.joining(", "));
    return "groups: " + names + "   ← " + String.join("; ", reasons);
  }

  /// The one membership of a change that is about one person.
  static String one(Change change) {
    return groups(Membership.of(change));
  }
}
