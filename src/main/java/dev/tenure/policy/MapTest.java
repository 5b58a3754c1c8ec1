package dev.tenure.policy;

import dev.tenure.policy.Desired.Mapped;
import dev.tenure.policy.Desired.Rest.AccountOf;
import dev.tenure.policy.TestOutcome.Difference;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.scim.patch.PatchPath;
import dev.tenure.source.Person;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// One test of a flow's rules: this person is given, this is expected of them. `place` is where it
/// stands; without `at` it is the time of the test run.
record MapTest(String name, String place, Person given, Optional<Instant> at, Expected expected) {
  /// What the rules must say.
  sealed interface Expected {
    /// An account with these attributes, each with its values as texts; others do not matter.
    record Account(Map<String, Want> attributes) implements Expected {}

    /// No account, for a reason that has this in it.
    record Out(String part) implements Expected {}

    /// A finding with this code.
    record Finding(Code code) implements Expected {}
  }

  record Want(PatchPath path, List<String> values) {}

  TestOutcome outcome(Standing standing) {
    var differences =
        switch (expected) {
          case Expected.Account(var attributes) -> account(attributes, standing);
          case Expected.Out(var part) -> out(part, standing);
          case Expected.Finding(var code) -> finding(code, standing);
        };
    return new TestOutcome(name, place, differences);
  }

  private static List<Difference> account(Map<String, Want> attributes, Standing standing) {
    if (!(standing instanceof Standing.InScope(var desired))) {
      return List.of(new Difference("", "an account", words(standing), ""));
    }
    var differences = new ArrayList<Difference>();
    attributes.forEach((name, want) -> {
      var mapped =
          desired.attributes().stream().filter(m -> m.path().equals(want.path())).findFirst();
      var actual = mapped.map(MapTest::values).orElse(List.of());
      if (new TreeSet<>(actual).equals(new TreeSet<>(want.values()))) return;
      var rule = mapped.map(Mapped::rule).orElse("no rule");
      differences.add(new Difference(name, listed(want.values()), listed(actual), rule));
    });
    return differences;
  }

  private static List<Difference> out(String part, Standing standing) {
    var why =
        switch (standing) {
          case Standing.Left left -> left.why();
          case Standing.Protected(_, var reason) -> "protected: " + reason;
          case Standing.InScope _, Standing.Unclear _ -> "";
        };
    if (!why.isEmpty() && why.contains(part)) return List.of();
    return List.of(new Difference("", "no account, for '" + part + "'", words(standing), ""));
  }

  private static List<Difference> finding(Code code, Standing standing) {
    var found =
        standing instanceof Standing.Unclear(_, var problems)
            && problems.stream().anyMatch(p -> p.code() == code);
    if (found) return List.of();
    return List.of(new Difference("", "the finding " + code, words(standing), ""));
  }

  private static String words(Standing standing) {
    return switch (standing) {
      case Standing.InScope(var desired) -> "an account: " + desired.scope();
      case Standing.Left left -> "no account: " + left.why();
      case Standing.Protected(_, var why) -> "no account: protected: " + why;
      case Standing.Unclear(_, var problems) ->
          problems.stream()
              .map((Problem p) -> p.code() + " " + p.message())
              .collect(Collectors.joining("; "));
    };
  }

  /// A reference to a person is the text `account(KEY)`.
  private static List<String> values(Mapped mapped) {
    if (mapped.rest() instanceof AccountOf(_, var value, _)) {
      return List.of("account(" + value + ")");
    }
    var value = mapped.value();
    if (value.isNull()) return List.of();
    var elements = value.isArray() ? value.values() : List.of(value);
    return elements.stream().map(MapTest::text).toList();
  }

  private static String text(JsonNode value) {
    return value.isObject() ? value.path("value").asString("") : value.asString("");
  }

  private static String listed(List<String> values) {
    return values.isEmpty()
        ? "nothing"
        : values.stream().map(v -> "'" + v + "'").collect(Collectors.joining(", "));
  }
}
