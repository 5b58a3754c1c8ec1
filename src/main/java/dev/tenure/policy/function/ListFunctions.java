package dev.tenure.policy.function;

import static dev.tenure.policy.function.Overload.NUMBER;
import static dev.tenure.policy.function.Overload.TEXT;
import static dev.tenure.policy.function.Overload.TEXTS;

import java.util.List;
import java.util.stream.Collectors;

/// Lists of texts.
final class ListFunctions {
  static final List<Overload> ALL =
      List.of(
          Overload.of("join", List.of(TEXT, TEXTS, TEXT), g -> join(g.texts(0), g.text(1))),
          Overload.of("coalesce", List.of(TEXT, TEXTS), g -> coalesce(g.texts(0))),
          Overload.of(
              "distinct", List.of(TEXTS, TEXTS), g -> g.texts(0).stream().distinct().toList()),
          Overload.of("sorted", List.of(TEXTS, TEXTS), g -> g.texts(0).stream().sorted().toList()),
          Overload.of("item", List.of(TEXT, TEXTS, NUMBER), g -> item(g.texts(0), g.count(1))));

  private ListFunctions() {}

  /// Empty texts leave no trace.
  private static String join(List<String> texts, String separator) {
    return texts.stream().filter(t -> !t.isEmpty()).collect(Collectors.joining(separator));
  }

  /// The first that is not blank, or an empty text.
  private static String coalesce(List<String> texts) {
    return texts.stream().filter(t -> !t.isBlank()).findFirst().orElse("");
  }

  /// Counts from 1; an empty text where the list ends before.
  private static String item(List<String> texts, int number) {
    return number == 0 || number > texts.size() ? "" : texts.get(number - 1);
  }
}
