package dev.tenure.admin;

import dev.tenure.http.Query;
import dev.tenure.http.Request;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// One page of a list, and whether there is more behind it. A page begins behind the last entry of
/// the one before: what is added meanwhile does not shift it.
record Page<T>(List<T> entries, boolean isLast) {
  static final String LIMIT = "limit";
  static final String AFTER = "after";

  /// So many entries has a page at most.
  static final int MAX = 100;

  private static final int USUAL = 20;

  /// How many entries the request wants on a page. Throws [dev.tenure.http.HttpFailure] 400.
  static int limit(Request request) {
    return (int) Wanted.number(request, LIMIT, USUAL, MAX);
  }

  /// What was found, asked for one entry more than the page has.
  static <T> Page<T> of(List<T> found, int limit) {
    return found.size() > limit
        ? new Page<>(List.copyOf(found.subList(0, limit)), false)
        : new Page<>(List.copyOf(found), true);
  }

  /// The page that the request wants of a list that is here whole: its keys are in ascending order,
  /// and it begins behind `after`.
  static <T> Page<T> among(List<T> all, Function<T, String> key, Request request) {
    int limit = limit(request);
    var after = Wanted.words(request, AFTER);
    return of(
        all.stream()
            .filter(one -> after.filter(a -> key.apply(one).compareTo(a) <= 0).isEmpty())
            .limit(limit + 1L)
            .toList(),
        limit);
  }

  /// The answer with `next`, the address of the following page, where there is one: the one that
  /// was asked for, but for the parameters `behind` that say where it begins.
  ObjectNode next(ObjectNode answer, Request request, Function<T, Map<String, String>> behind) {
    if (isLast) return answer;
    var parameters = new TreeMap<String, String>();
    for (var name : request.query().values().keySet()) {
      Wanted.words(request, name).ifPresent(words -> parameters.put(name, words));
    }
    parameters.putAll(behind.apply(entries.getLast()));
    var path = request.head().path().stream().map(Page::segment).collect(Collectors.joining());
    return answer.put(
        "next",
        parameters.entrySet().stream()
            .map(p -> p.getKey() + "=" + Query.encoded(p.getValue()))
            .collect(Collectors.joining("&", path + "?", "")));
  }

  /// In a path, a plus is no space.
  private static String segment(String name) {
    return "/" + Query.encoded(name).replace("+", "%20");
  }
}
