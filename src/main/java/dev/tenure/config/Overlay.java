package dev.tenure.config;

import dev.tenure.config.Value.Entry;
import dev.tenure.config.Value.Items;
import dev.tenure.config.Value.Mapping;
import dev.tenure.config.Value.Scalar;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What somebody says instead of what a configuration file says: `flows` and `tables`, each by its
/// name. It comes from elsewhere and would be read with the rights of this process: it may name no
/// file and no variable.
final class Overlay {
  private static final Set<String> KEYS = Set.of("flows", "tables");
  private static final String FILE = "file";
  private static final String REMEDY =
      "write the values out; what stands in files and variables stays in the server's file";

  private final String name;
  private final List<Problem> problems = new ArrayList<>();

  private Overlay(String name) {
    this.name = name;
  }

  /// The file's root with `other` over it; `name` is what problems call the other. Throws
  /// [Problem.Found] with all that the other may not say.
  static Mapping over(Mapping file, Mapping other, String name) {
    var overlay = new Overlay(name);
    other.entries().forEach(overlay::check);
    if (!overlay.problems.isEmpty()) throw new Problem.Found(overlay.problems);
    return merged(file, other, true);
  }

  private static Mapping merged(Mapping under, Mapping over, boolean deeper) {
    var all = new LinkedHashMap<>(under.entries());
    over.entries()
        .forEach((key, entry) -> {
          var below = Optional.ofNullable(all.get(key)).map(Entry::value);
          if (deeper
              && below.isPresent()
              && below.get() instanceof Mapping lower
              && entry.value() instanceof Mapping upper) {
            all.put(key, new Entry(entry.place(), merged(lower, upper, false)));
          } else {
            all.put(key, entry);
          }
        });
    return new Mapping(under.place(), all);
  }

  private void check(String key, Entry entry) {
    if (!KEYS.contains(key)) {
      note(
          Code.CONFIG_UNKNOWN_KEY,
          entry.place(),
          "'" + key + "' cannot be different here",
          "leave it out: flows and tables can");
    } else {
      check(entry.value(), key.equals("tables"));
    }
  }

  private void check(Value value, boolean isTables) {
    switch (value) {
      case Scalar scalar -> {
        if (scalar.text().contains("${")) refuse(scalar.place(), scalar.text());
      }
      case Items(_, var values) -> values.forEach(one -> check(one, isTables));
      case Mapping(_, var entries) ->
          entries.forEach((key, entry) -> {
            if (isTables && key.equals(FILE)) refuse(entry.place(), FILE);
            check(entry.value(), isTables);
          });
    }
  }

  private void refuse(Place place, String what) {
    note(Code.CONFIG_REFERENCE, place, "'" + what + "' is not read on somebody's behalf", REMEDY);
  }

  private void note(Code code, Place place, String message, String remedy) {
    problems.add(new Problem(code, message, Map.of("at", place.in(name)), remedy));
  }
}
