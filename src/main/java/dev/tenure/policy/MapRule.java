package dev.tenure.policy;

import dev.tenure.id.PersonKey;
import dev.tenure.policy.Desired.Mapped;
import dev.tenure.policy.Desired.Owner;
import dev.tenure.policy.Expression.Answer;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.scim.patch.PatchPath;
import dev.tenure.source.Person;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// One rule of a map. `name` is the path as written. `fallback` is what is used where a table has
/// no entry or the expression gives nothing.
record MapRule(
    String name,
    PatchPath path,
    Shape shape,
    Expression expression,
    Owner owner,
    Optional<JsonNode> fallback) {

  /// What the rule says of a person.
  sealed interface Result {
    record Value(Mapped mapped) implements Result {}

    record Trouble(Problem problem) implements Result {}
  }

  Result apply(Person person, Variables variables) {
    return switch (expression.of(person, variables)) {
      case Answer.Value(var value) -> shaped(person.key(), value);
      case Answer.NoEntry(var table, var value) ->
          fallback.<Result>map(this::mapped).orElseGet(() -> noEntry(person.key(), table, value));
      case Answer.Failed(var why) -> failed(person.key(), why);
    };
  }

  private Result shaped(PersonKey person, Object value) {
    try {
      var json = shape.json(value);
      return mapped(json.isNull() ? fallback.orElse(json) : json);
    } catch (Shape.Misfit e) {
      return failed(person, e.getMessage() + " (a " + shape.wanted() + " is wanted)");
    }
  }

  private Result mapped(JsonNode json) {
    return new Result.Value(new Mapped(path, json, owner, expression.text()));
  }

  private Result noEntry(PersonKey person, String table, String value) {
    return new Result.Trouble(
        new Problem(
            Code.MAP_NO_ENTRY,
            "the table '" + table + "' has no entry for '" + value + "'",
            Map.of("person", person.value(), "rule", name, "table", table, "value", value),
            "add it to the table '" + table + "', or give the rule a fallback"));
  }

  private Result failed(PersonKey person, String why) {
    return new Result.Trouble(
        new Problem(
            Code.MAP_FAILED,
            "the rule for '" + name + "' gave no value: " + why,
            Map.of("person", person.value(), "rule", name, "expression", expression.text()),
            "make the expression fit what the source has for this person"));
  }
}
