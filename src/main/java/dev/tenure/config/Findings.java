package dev.tenure.config;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;

import dev.tenure.config.Finding.By;
import dev.tenure.problem.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/// The problems found so far. The schema and the readers look at the same values: each problem is
/// told once, by who knows most.
final class Findings {
  private final List<Finding> found = new ArrayList<>();

  void add(Finding finding) {
    found.add(finding);
  }

  /// All problems, each once, in the order of their places.
  List<Problem> told(List<Finding> bySchema) {
    var all = Stream.concat(bySchema.stream(), found.stream()).toList();
    var byPath =
        all.stream()
            .filter(f -> f.by() != By.SHAPE)
            .collect(groupingBy(Finding::path, LinkedHashMap::new, toList()));
    var told = byPath.values().stream().flatMap(Findings::believed).toList();
    var places = told.stream().map(Finding::place).collect(toSet());
    var shapes = all.stream().filter(f -> f.by() == By.SHAPE && !places.contains(f.place()));
    return Stream.concat(told.stream(), shapes)
        .sorted(Comparator.comparing(Finding::place))
        .map(Finding::problem)
        .distinct()
        .toList();
  }

  /// Of all that is said about one value: a part saw only a stand-in where a reader complained;
  /// else it knows more than the schema. Of schema and reader, the schema knows what is allowed.
  private static Stream<Finding> believed(List<Finding> about) {
    boolean standIn = says(about, By.READER);
    boolean part = says(about, By.PART) && !standIn;
    boolean schema = says(about, By.SCHEMA);
    return about.stream()
        .filter(f ->
            switch (f.by()) {
              case SYNTAX, SHAPE -> true;
              case SCHEMA -> !part;
              case READER -> !schema;
              case PART -> part;
            });
  }

  private static boolean says(List<Finding> about, By by) {
    return about.stream().anyMatch(f -> f.by() == by);
  }
}
