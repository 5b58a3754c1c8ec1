package dev.tenure.console.page;

import dev.tenure.source.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What is different of somebody, in words.
final class Differences {
  private Differences() {}

  /// `department: 'Sales' → 'Service'; joined group EMEA`; without values of these secrets.
  static String of(Person before, Person after, Set<String> secrets) {
    var words = new ArrayList<String>();
    var names = new TreeSet<>(before.attributes().keySet());
    names.addAll(after.attributes().keySet());
    for (var name : names) {
      var was = before.attributes().getOrDefault(name, List.of());
      var is = after.attributes().getOrDefault(name, List.of());
      if (was.equals(is)) continue;
      words.add(
          secrets.contains(name) ? name + " changed" : name + ": " + text(was) + " → " + text(is));
    }
    groups(before, after, "left group ", words);
    groups(after, before, "joined group ", words);
    if (before.disabled() != after.disabled()) words.add(after.disabled() ? "disabled" : "enabled");
    return words.isEmpty() ? "came back" : String.join("; ", words);
  }

  private static void groups(Person has, Person hasNot, String what, List<String> words) {
    has.groups().keySet().stream()
        .filter(group -> !hasNot.groups().containsKey(group))
        .forEach(group -> words.add(what + group));
  }

  private static String text(List<String> values) {
    return values.isEmpty() ? "none" : "'" + String.join(", ", values) + "'";
  }
}
