package dev.tenure.admin;

import dev.tenure.deliver.Choice;
import dev.tenure.http.HttpFailure;
import dev.tenure.http.Request;
import dev.tenure.plan.Lane;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// Which changes of a plan a request means; all that it says must fit.
final class ChoiceFields {
  private static final String LANE = "lane";
  private static final String CLUSTER = "cluster";
  private static final String BECAUSE = "because";
  private static final String DEPARTMENT = "department";
  private static final String WHO = "who";

  /// A cluster names many groups and departments, a reason a whole rule.
  private static final int CHARACTERS_MAX = 1_000;

  /// The names of the fields.
  static final Set<String> NAMES = Set.of(LANE, CLUSTER, BECAUSE, DEPARTMENT, WHO);

  private ChoiceFields() {}

  /// The names, and these.
  static Set<String> and(String... others) {
    var names = new TreeSet<>(NAMES);
    names.addAll(Set.of(others));
    return names;
  }

  /// Throws [HttpFailure] 400 for a lane that there is not.
  static Choice of(JsonNode body) {
    return new Choice(
        text(body, LANE).map(ChoiceFields::lane),
        text(body, CLUSTER),
        text(body, BECAUSE),
        text(body, DEPARTMENT),
        text(body, WHO));
  }

  /// The same of a query.
  static Choice of(Request request) {
    return new Choice(
        Wanted.words(request, LANE).map(ChoiceFields::lane),
        Wanted.words(request, CLUSTER),
        Wanted.words(request, BECAUSE),
        Wanted.words(request, DEPARTMENT),
        Wanted.words(request, WHO));
  }

  private static Optional<String> text(JsonNode body, String field) {
    return Optional.of(Wanted.text(body, field, CHARACTERS_MAX)).filter(t -> !t.isEmpty());
  }

  private static Lane lane(String word) {
    return Lane.of(word).orElseThrow(() -> new HttpFailure(400, "there is no such lane"));
  }
}
