package dev.tenure.policy;

import dev.tenure.config.Section;
import dev.tenure.id.PersonKey;
import dev.tenure.policy.Desired.Mapped;
import dev.tenure.policy.Desired.Owner;
import dev.tenure.policy.ExpressionCompiler.Result.Compiled;
import dev.tenure.policy.ExpressionCompiler.Result.Wrong;
import dev.tenure.policy.Standing.LeaverEvent;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.scim.patch.PatchPath;
import dev.tenure.scim.schema.ResourceType;
import dev.tenure.scim.schema.Schema;
import dev.tenure.source.Person;
import dev.tenure.source.SourceSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// The rules of one flow, compiled: who is in, and what account they should have. May be used by
/// many threads at once.
public final class Policy {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String SOURCE_ORG = Schema.ORIGIN + ":sourceOrg";

  private final Variables variables;
  private final Scope scope;
  private final List<MapRule> rules;
  private final Fixed fixed;

  private Policy(Variables variables, Scope scope, List<MapRule> rules, Fixed fixed) {
    this.variables = variables;
    this.scope = scope;
    this.rules = List.copyOf(rules);
    this.fixed = fixed;
  }

  /// Compiles the flow's `scope`, `map` and `sourceOrg` against its source and the target's users.
  /// All that is wrong is noted on the section; the policy may be used where nothing was.
  public static Policy compile(
      Section flow, Tables tables, SourceSchema source, ResourceType user) {
    var paths = new AccountPaths(user);
    var variables = new Variables(source);
    var compiler = new ExpressionCompiler(variables, tables);
    var scope = flow.section("scope").map(s -> scope(s, compiler));
    var map = flow.section("map");
    var rules = map.map(m -> new MapReader(paths, compiler).read(m)).orElse(List.of());
    var fixed = Fixed.of(paths, flow.optionalText("sourceOrg"));
    if (map.isEmpty() || rules.stream().noneMatch(r -> isUserName(r.path()))) {
      if (map.isEmpty() || !map.get().has("userName")) noUserName(flow);
    }
    return new Policy(
        variables, scope.orElse(new Scope(List.of(), Optional.empty())), rules, fixed);
  }

  /// The same, marking its accounts with this source of truth where the flow names none.
  public Policy marking(String sourceOrg) {
    return new Policy(variables, scope, rules, fixed.marking(sourceOrg));
  }

  private static void noUserName(Section flow) {
    flow.problem(
        "map",
        Code.CONFIG_REQUIRED,
        "the map has no rule for 'userName', which every account needs",
        "add one, such as userName: mail");
  }

  private static Scope scope(Section section, ExpressionCompiler compiler) {
    var when = section.optionalText("when").flatMap(text -> condition(section, text, compiler));
    return new Scope(section.texts("groups"), when);
  }

  private static Optional<Expression> condition(
      Section section, String text, ExpressionCompiler compiler) {
    return switch (compiler.compile(text)) {
      case Wrong(var column, var message, var remedy) -> {
        section.problem(new Section.Spot("when", column), Code.MAP_EXPRESSION, message, remedy);
        yield Optional.empty();
      }
      case Compiled(var expression) -> {
        if (Shape.CONDITION.takes(expression.type())) yield Optional.of(expression);
        section.problem(
            new Section.Spot("when", 0),
            Code.MAP_EXPRESSION,
            "a condition gives true or false, this gives a " + expression.type().name(),
            "compare it with something, as in employeeType != \"External\"");
        yield Optional.empty();
      }
    };
  }

  /// What the rules say of this person. Never throws, whatever their attributes hold.
  public Standing standing(Person person) {
    if (person.disabled()) {
      return new Standing.Left(
          person.key(), LeaverEvent.DISABLED_IN_SOURCE, "disabled in the source");
    }
    return switch (scope.of(person, variables)) {
      case Scope.Verdict.In(var why) -> mapped(person, why);
      case Scope.Verdict.Out(var why) ->
          new Standing.Left(person.key(), LeaverEvent.OUT_OF_SCOPE, why);
      case Scope.Verdict.Unknown(var why) ->
          new Standing.Unclear(person.key(), List.of(noVerdict(person.key(), why)));
    };
  }

  private Standing mapped(Person person, String why) {
    var attributes = new ArrayList<Mapped>(rules.size() + 3);
    fixed.addTo(attributes, person.key());
    var problems = new ArrayList<Problem>();
    for (var rule : rules) {
      switch (rule.apply(person, variables)) {
        case MapRule.Result.Value(var mapped) -> {
          attributes.add(mapped);
          if (mapped.value().isNull() && isUserName(mapped.path())) {
            problems.add(noName(person.key(), rule));
          }
        }
        case MapRule.Result.Trouble(var problem) -> problems.add(problem);
      }
    }
    return problems.isEmpty()
        ? new Standing.InScope(new Desired(person.key(), attributes, why))
        : new Standing.Unclear(person.key(), problems);
  }

  private static boolean isUserName(PatchPath path) {
    return path.attribute().toString().equals("userName");
  }

  private static Problem noName(PersonKey person, MapRule rule) {
    return new Problem(
        Code.MAP_REQUIRED,
        "the rule for 'userName' gave nothing, and every account needs one",
        Map.of(
            "person", person.value(), "rule", rule.name(), "expression", rule.expression().text()),
        "fill in what the rule reads in the source, or give the rule a fallback");
  }

  private static Problem noVerdict(PersonKey person, String why) {
    return new Problem(
        Code.MAP_FAILED,
        "the condition of the scope gave no answer: " + why,
        Map.of("person", person.value(), "rule", "scope.when"),
        "make the condition fit what the source has for this person");
  }

  /// What every account gets: `always` besides its `externalId`.
  private record Fixed(AccountPaths paths, PatchPath externalId, List<Mapped> always) {
    static Fixed of(AccountPaths paths, Optional<String> sourceOrg) {
      var active = mapped(paths, "active", JSON.booleanNode(true));
      var fixed = new Fixed(paths, path(paths, "externalId"), List.of(active));
      return sourceOrg.map(fixed::marking).orElse(fixed);
    }

    Fixed marking(String sourceOrg) {
      if (always.size() > 1) return this;
      var origin = mapped(paths, SOURCE_ORG, JSON.stringNode(sourceOrg));
      return new Fixed(paths, externalId, List.of(always.getFirst(), origin));
    }

    void addTo(List<Mapped> attributes, PersonKey person) {
      attributes.add(new Mapped(externalId, JSON.stringNode(person.value()), Owner.ALWAYS, "key"));
      attributes.addAll(always);
    }

    private static Mapped mapped(AccountPaths paths, String path, JsonNode value) {
      return new Mapped(path(paths, path), value, Owner.ALWAYS, value.toString());
    }

    private static PatchPath path(AccountPaths paths, String path) {
      return PatchPath.of(
          paths
              .attribute(path)
              .orElseThrow(() -> new IllegalArgumentException("no attribute " + path)));
    }
  }
}
