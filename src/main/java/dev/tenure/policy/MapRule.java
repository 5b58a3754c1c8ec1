package dev.tenure.policy;

import dev.tenure.policy.Desired.Mapped;
import dev.tenure.policy.Desired.Owner;
import dev.tenure.policy.Desired.Rest;
import dev.tenure.policy.expression.Expression;
import dev.tenure.policy.expression.Expression.Answer;
import dev.tenure.policy.expression.Expression.Wish;
import dev.tenure.policy.expression.Subject;
import dev.tenure.policy.expression.Variables;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.scim.patch.PatchPath;
import dev.tenure.scim.schema.Attribute;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// One rule of a map. `name` is the path as written, `place` where it stands: file:line:column.
/// `expressions` are one, or for a unique value that and its alternatives.
record MapRule(
    String name,
    String place,
    PatchPath path,
    Shape shape,
    List<Expression> expressions,
    Terms terms) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /// What a rule says beside its expression. `fallback` is what is used where a table has no entry
  /// or the expression gives nothing. `keep`: where the rule gives nothing, the target's value
  /// stays. `unique`: the values are candidates, of which one is taken that nobody else has.
  /// `counterMax`: how far `{n}` in a candidate counts.
  record Terms(
      Owner owner,
      Optional<JsonNode> fallback,
      boolean keep,
      boolean hidden,
      boolean unique,
      int counterMax) {}

  /// What the rule says of a person.
  sealed interface Result {
    record Value(Mapped mapped) implements Result {}

    /// The attribute is left as it is.
    record Keep() implements Result {}

    record Trouble(Problem problem) implements Result {}
  }

  /// Whether nobody is shown the value.
  boolean isSecret() {
    return terms.hidden() || path.leaf().returned() == Attribute.Returned.NEVER;
  }

  Expression expression() {
    return expressions.getFirst();
  }

  boolean isUnique() {
    return terms.unique() || expression().wish() instanceof Wish.Unique;
  }

  /// Whether it gives a person's groups.
  boolean isMembership() {
    return Mapped.isMembership(path);
  }

  boolean isReference() {
    return expression().wish() instanceof Wish.Account;
  }

  Result apply(Subject subject, Variables variables) {
    if (isUnique()) return unique(subject, variables);
    var answer = expression().of(subject, variables);
    if (answer instanceof Answer.Value(var value)) return shaped(subject, variables, value);
    if (answer instanceof Answer.NoEntry && terms.fallback().isPresent()) {
      return mapped(terms.fallback().get());
    }
    return trouble(subject, variables, new Failed(expression(), answer));
  }

  private Result shaped(Subject subject, Variables variables, Object value) {
    if (expression().wish() instanceof Wish.Account(var by)) {
      return account(by, String.valueOf(value).strip());
    }
    try {
      var json = shape.json(value);
      return mapped(json.isNull() ? terms.fallback().orElse(json) : json);
    } catch (Shape.Misfit e) {
      var why = e.getMessage() + " (a " + shape.wanted() + " is wanted)";
      return trouble(subject, variables, new Failed(expression(), new Answer.Failed(why)));
    }
  }

  private Result account(String by, String value) {
    if (value.isEmpty()) return mapped(JSON.nullNode());
    return mapped(JSON.nullNode(), new Rest.AccountOf(by, value, shape.wrapped()));
  }

  private Result unique(Subject subject, Variables variables) {
    var candidates = new LinkedHashSet<String>();
    for (var expression : expressions) {
      var answer = expression.of(subject, variables);
      if (answer instanceof Answer.Value(var value)) add(candidates, value);
      else if (!(answer instanceof Answer.NoEntry) || terms.fallback().isEmpty()) {
        return trouble(subject, variables, new Failed(expression, answer));
      }
    }
    if (candidates.isEmpty()) terms.fallback().ifPresent(f -> add(candidates, f.asString("")));
    if (candidates.isEmpty()) return mapped(JSON.nullNode());
    var free = new Rest.FirstFree(List.copyOf(candidates), terms.counterMax());
    return mapped(JSON.stringNode(free.all().findFirst().orElseThrow()), free);
  }

  private static void add(Set<String> candidates, Object value) {
    for (var text : Expression.texts(value)) {
      if (!text.isBlank()) candidates.add(text.strip());
    }
  }

  private Result mapped(JsonNode json) {
    if (json.isNull() && terms.keep()) return new Result.Keep();
    return mapped(json, new Rest.Nothing());
  }

  private Result mapped(JsonNode json, Rest rest) {
    return new Result.Value(
        new Mapped(path, json, terms.owner(), expression().text(), rest, terms.hidden()));
  }

  /// An answer that is no value.
  private record Failed(Expression expression, Answer answer) {}

  private Result trouble(Subject subject, Variables variables, Failed failed) {
    var person = subject.person().key().value();
    return switch (failed.answer()) {
      case Answer.NoEntry(var table, var value) ->
          new Result.Trouble(
              new Problem(
                  Code.MAP_NO_ENTRY,
                  "the table '" + table + "' has no entry for '" + value + "'",
                  Map.of("person", person, "rule", name, "table", table, "value", value),
                  "add it to the table '" + table + "', or give the rule a fallback"));
      case Answer.Refused(var why, var value, var remedy) ->
          failed(subject, new Said(failed.expression(), why, shown(value), remedy));
      case Answer.Failed(var why) -> {
        var inputs = shown(failed.expression().inputs(subject, variables));
        var remedy = "make the expression fit what the source has for this person";
        yield failed(subject, new Said(failed.expression(), why, inputs, remedy));
      }
      case Answer.Value(var value) ->
          throw new IllegalStateException("a value is no trouble: " + value);
    };
  }

  private String shown(String value) {
    return terms.hidden() ? "[hidden]" : value;
  }

  private record Said(Expression expression, String why, String value, String remedy) {}

  private Result failed(Subject subject, Said said) {
    return new Result.Trouble(
        new Problem(
            Code.MAP_FAILED,
            "the rule for '"
                + name
                + "' gave no value: "
                + (terms.hidden() ? "the reason is hidden" : said.why()),
            Map.of(
                "person", subject.person().key().value(),
                "rule", name,
                "expression", said.expression().text(),
                "value", said.value()),
            said.remedy()));
  }
}
