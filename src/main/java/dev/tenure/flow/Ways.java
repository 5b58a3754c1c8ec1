package dev.tenure.flow;

import dev.tenure.flow.KnownPeople.Known;
import dev.tenure.policy.Policy;
import dev.tenure.policy.Standing;
import dev.tenure.source.Person;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What would have to be different about somebody who is not in scope. It is tried, not derived: a
/// group that the scope asks for, an end of being disabled, the value that those have who are in;
/// one of these, else two.
final class Ways {
  /// So many other people are looked at for values.
  static final int TWINS_MAX = 200;

  private static final int VALUES_MAX = 5;
  private static final int WAYS_MAX = 5;

  private final Policy policy;
  private final Instant at;

  /// One difference, in words, and the person with it.
  private interface Step {
    Person of(Person person);
  }

  Ways(Policy policy, Instant at) {
    this.policy = policy;
    this.at = at;
  }

  /// In words, the smallest first; none for who is in, and where nothing of this kind helps.
  List<String> of(Person person, List<Known> others) {
    if (!isOut(person)) return List.of();
    var steps = steps(person, others);
    var ways = new ArrayList<String>();
    steps.forEach((words, step) -> {
      if (isIn(step.of(person))) ways.add(words);
    });
    if (ways.isEmpty()) pairs(person, steps, ways);
    return ways.subList(0, Math.min(WAYS_MAX, ways.size()));
  }

  private void pairs(Person person, Map<String, Step> steps, List<String> ways) {
    var words = List.copyOf(steps.keySet());
    for (int i = 0; i < words.size(); i++) {
      var first = steps.get(words.get(i));
      if (first == null) continue;
      var half = first.of(person);
      for (var other : words.subList(i + 1, words.size())) {
        var second = steps.get(other);
        if (second != null && isIn(second.of(half))) ways.add(words.get(i) + ", and " + other);
        if (ways.size() == WAYS_MAX) return;
      }
    }
  }

  private Map<String, Step> steps(Person person, List<Known> others) {
    var steps = new LinkedHashMap<String, Step>();
    if (person.disabled()) steps.put("enable them in the source", Ways::enabled);
    for (var group : policy.groups()) {
      if (!person.groups().containsKey(group)) {
        steps.put("make them a member of '" + group + "'", one -> member(one, group));
      }
    }
    values(person, others)
        .forEach((name, values) -> {
          for (var value : values) {
            var now = person.attributes().containsKey(name) ? person.first(name) : "nothing";
            steps.put(
                "set " + name + " to '" + value + "' (it is '" + now + "')",
                one -> with(one, name, value));
          }
        });
    return steps;
  }

  /// The values of those who are in, where this person has another one; the usual ones first.
  private Map<String, List<String>> values(Person person, List<Known> others) {
    var counts = new TreeMap<String, Map<String, Integer>>();
    for (var other : others) {
      if (!isIn(other.person())) continue;
      for (var name : other.person().attributes().keySet()) {
        if (policy.secrets().contains(name)) continue;
        var value = other.person().first(name);
        if (value.equals(person.first(name))) continue;
        counts.computeIfAbsent(name, _ -> new HashMap<>()).merge(value, 1, Integer::sum);
      }
    }
    var values = new TreeMap<String, List<String>>();
    counts.forEach((name, each) ->
        values.put(
            name,
            each.entrySet().stream()
                .sorted(
                    Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(VALUES_MAX)
                .map(Map.Entry::getKey)
                .toList()));
    return values;
  }

  /// Out for a reason that a change of the person can take away.
  private boolean isOut(Person person) {
    return policy.decide(person, at).standing() instanceof Standing.Left;
  }

  private boolean isIn(Person person) {
    return switch (policy.decide(person, at).standing()) {
      case Standing.InScope _, Standing.Unclear _ -> true;
      case Standing.Left _, Standing.Protected _ -> false;
    };
  }

  private static Person enabled(Person person) {
    return new Person(person.key(), person.attributes(), person.groups(), false);
  }

  private static Person member(Person person, String group) {
    var groups = new TreeMap<>(person.groups());
    groups.put(group, List.of(group));
    return new Person(person.key(), person.attributes(), groups, person.disabled());
  }

  private static Person with(Person person, String name, String value) {
    var attributes = new TreeMap<>(person.attributes());
    attributes.put(name, List.of(value));
    return new Person(person.key(), attributes, person.groups(), person.disabled());
  }
}
