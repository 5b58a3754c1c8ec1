package dev.tenure.policy;

import dev.tenure.config.Section;
import dev.tenure.policy.Desired.Owner;
import dev.tenure.policy.MapRule.Terms;
import dev.tenure.policy.RuleExpressions.Wanted;
import dev.tenure.policy.TargetGroups.Missing;
import dev.tenure.policy.expression.Expression;
import dev.tenure.policy.expression.Expression.Wish;
import dev.tenure.problem.Code;
import dev.tenure.scim.patch.PatchPath;
import dev.tenure.scim.schema.Attribute.Type;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Reads key `groups` of a flow: an expression, or a mapping of `value` and what else there is to
/// say.
final class GroupsReader {
  private static final String GROUPS = "groups";
  private static final String MANAGE = "manage";

  /// What a target takes in one request is said by the target.
  private static final int CHUNK = 1_000;

  private static final Shape NAMES = new Shape(true, Type.STRING, false, List.of());
  private static final Wanted WANTED =
      new Wanted(
          NAMES::takes,
          "names of groups are wanted, but this gives a ",
          "make the expression give a list of texts, such as [\"Sales\"]");

  private final AccountPaths paths;
  private final RuleExpressions expressions;

  /// The rule that gives a person's groups, and the groups that are managed.
  record Groups(MapRule rule, TargetGroups managed) {}

  GroupsReader(AccountPaths paths, RuleExpressions expressions) {
    this.paths = paths;
    this.expressions = expressions;
  }

  /// Absent where the flow manages no groups, or where something about them is wrong.
  Optional<Groups> read(Section flow) {
    if (!flow.has(GROUPS)) return Optional.empty();
    var details = Forms.section(flow, GROUPS);
    var at = details.orElse(flow);
    var key = details.isPresent() ? "value" : GROUPS;
    var managed = details.filter(d -> d.has(MANAGE)).map(d -> d.texts(MANAGE));
    var missing = details.map(d -> d.oneOf("missing", Missing.FINDING)).orElse(Missing.FINDING);
    var fallback = details.flatMap(GroupsReader::fallback);
    return expressions
        .of(at, key, WANTED)
        .filter(expression -> isPlain(at, key, expression))
        .flatMap(expression ->
            managed
                .or(() -> named(at, key, expression, fallback))
                .map(manage ->
                    new Groups(
                        rule(flow.at(GROUPS), expression, fallback),
                        new TargetGroups(manage, missing, CHUNK))));
  }

  private static boolean isPlain(Section at, String key, Expression expression) {
    if (expression.wish() instanceof Wish.Value) return true;
    at.problem(
        key,
        Code.MAP_EXPRESSION,
        "names of groups are neither unique nor somebody's account",
        "let the expression give the names themselves");
    return false;
  }

  private MapRule rule(String place, Expression expression, Optional<JsonNode> fallback) {
    var terms = new Terms(Owner.ALWAYS, fallback, false, false, false, 2);
    var path = PatchPath.of(paths.attribute(GROUPS).orElseThrow());
    return new MapRule(GROUPS, place, path, NAMES, List.of(expression), terms);
  }

  private static Optional<JsonNode> fallback(Section details) {
    if (!details.has("fallback")) return Optional.empty();
    try {
      return Optional.of(NAMES.json(NAMES.read(details.texts("fallback"))));
    } catch (Shape.Misfit e) {
      throw new IllegalStateException("texts are names", e);
    }
  }

  /// The groups that the rule can name, where that can be told from the rule itself.
  private Optional<List<String>> named(
      Section at, String key, Expression expression, Optional<JsonNode> fallback) {
    var names = expressions.compiler().texts(expression.text());
    if (names.isEmpty()) {
      at.problem(
          key,
          Code.CONFIG_REQUIRED,
          "it cannot be told from the rule which groups it may name",
          "say which groups are this flow's: groups: {value: …, manage: [Sales, \"Team *\"]}");
      return Optional.empty();
    }
    var all = new java.util.TreeSet<>(names.get());
    fallback.ifPresent(some -> some.forEach(name -> all.add(name.asString(""))));
    return Optional.of(List.copyOf(all));
  }
}
