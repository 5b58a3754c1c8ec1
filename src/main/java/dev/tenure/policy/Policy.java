package dev.tenure.policy;

import dev.tenure.config.Section;
import dev.tenure.id.PersonKey;
import dev.tenure.policy.Desired.Mapped;
import dev.tenure.policy.Desired.Owner;
import dev.tenure.policy.Effective.Phase;
import dev.tenure.policy.Standing.LeaverEvent;
import dev.tenure.policy.expression.Expression.Wish;
import dev.tenure.policy.expression.ExpressionCompiler;
import dev.tenure.policy.expression.Subject;
import dev.tenure.policy.expression.Tables;
import dev.tenure.policy.expression.Variables;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.scim.patch.PatchPath;
import dev.tenure.scim.patch.PathParser;
import dev.tenure.scim.schema.AttributeRef;
import dev.tenure.scim.schema.ResourceType;
import dev.tenure.scim.schema.Schema;
import dev.tenure.source.Person;
import dev.tenure.source.SourceSchema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// The rules of one flow, compiled: who is in, and what account they should have. May be used by
/// many threads at once.
public final class Policy {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String EARLY = "prepared before the first day";
  private static final String SOURCE_ORG = Schema.ORIGIN + ":sourceOrg";

  private final Variables variables;
  private final Scope scope;
  private final Effective effective;
  private final List<MapRule> rules;
  private final List<MapTest> tests;
  private final Optional<TargetGroups> targetGroups;
  private final Set<String> handles;
  private final Fixed fixed;

  private Policy(Variables variables, Parts parts, Fixed fixed) {
    this.variables = variables;
    this.scope = parts.scope();
    this.effective = parts.effective();
    this.rules = List.copyOf(parts.rules());
    this.tests = List.copyOf(parts.tests());
    this.targetGroups = parts.groups();
    this.handles = handles(rules);
    this.fixed = fixed;
  }

  private record Parts(
      Scope scope,
      Effective effective,
      List<MapRule> rules,
      List<MapTest> tests,
      Optional<TargetGroups> groups) {}

  /// The attributes by which rules name other people.
  private static Set<String> handles(List<MapRule> rules) {
    var names = new TreeSet<String>();
    for (var rule : rules) {
      if (rule.expression().wish() instanceof Wish.Account(var by) && !by.equals("key")) {
        names.add(by);
      }
    }
    return names;
  }

  /// Compiles the flow's `scope`, `effective`, `map`, `groups`, `tests` and `sourceOrg` against its
  /// source and the target's users. All that is wrong is noted on the section; the policy may be
  /// used where nothing was.
  public static Policy compile(
      Section flow, Tables tables, SourceSchema source, ResourceType user) {
    var paths = new AccountPaths(user);
    var variables = new Variables(source);
    var expressions = new RuleExpressions(new ExpressionCompiler(variables, tables));
    var people = new ScopeReader(expressions);
    var map = flow.section("map");
    var rules =
        new ArrayList<>(map.map(m -> new MapReader(paths, expressions).read(m)).orElse(List.of()));
    var groups = new GroupsReader(paths, expressions).read(flow);
    groups.ifPresent(g -> rules.add(g.rule()));
    if (map.isEmpty() || rules.stream().noneMatch(r -> isUserName(r.path()))) {
      if (map.isEmpty() || !map.get().has("userName")) noUserName(flow);
    }
    var parts =
        new Parts(
            flow.section("scope").map(people::scope).orElse(Scope.EVERYBODY),
            flow.section("effective").map(people::effective).orElse(Effective.ALWAYS),
            rules,
            new MapTestReader(source, paths).read(flow),
            groups.map(GroupsReader.Groups::managed));
    return new Policy(variables, parts, Fixed.of(paths, flow.optionalText("sourceOrg")));
  }

  /// The same, marking its accounts with this source of truth where the flow names none.
  public Policy marking(String sourceOrg) {
    return new Policy(
        variables,
        new Parts(scope, effective, rules, tests, targetGroups),
        fixed.marking(sourceOrg));
  }

  private static void noUserName(Section flow) {
    flow.problem(
        "map",
        Code.CONFIG_REQUIRED,
        "the map has no rule for 'userName', which every account needs",
        "add one, such as userName: mail");
  }

  /// What the rules say of this person at this time. Never throws, whatever their attributes hold.
  public Decision decide(Person person, Instant at) {
    return decide(person, at, Optional.empty());
  }

  /// The same of somebody who was, or was not, excluded by hand: it counts where `scope.exclude`
  /// does.
  public Decision decide(Person person, Instant at, Optional<ByHand> excluded) {
    var subject = new Subject(person, at);
    return switch (Exemption.first(scope.protect(), subject, variables)) {
      case Exemption.Verdict.Yes(var found) ->
          Decision.of(new Standing.Protected(person.key(), found.words()));
      case Exemption.Verdict.Unknown(var why) -> unclear(person.key(), "scope.protect", why);
      case Exemption.Verdict.No _ -> employed(subject, excluded);
    };
  }

  /// Asks the rules about the people of the flow's `tests`; `at` is the time for those that name
  /// none.
  public List<TestOutcome> test(Instant at) {
    return tests.stream()
        .map(t -> t.outcome(decide(t.given(), t.at().orElse(at)).standing()))
        .toList();
  }

  /// The attributes of which rules offer several values, so that nobody gets what another has.
  public List<AttributeRef> uniques() {
    return rules.stream().filter(MapRule::isUnique).map(r -> r.path().attribute()).toList();
  }

  /// What each rule of the map read of this person, by the attribute that it is for:
  /// `title='Agent'`.
  public Map<String, String> inputs(Person person, Instant at) {
    var subject = new Subject(person, at);
    var inputs = new TreeMap<String, String>();
    for (var rule : rules) {
      var read = rule.isSecret() ? "" : rule.expression().inputs(subject, variables);
      inputs.put(PathParser.render(rule.path()), read);
    }
    return inputs;
  }

  /// The attributes of people from which values are made that nobody is shown.
  public Set<String> secrets() {
    return rules.stream()
        .filter(MapRule::isSecret)
        .flatMap(rule -> rule.expressions().stream())
        .flatMap(expression -> expression.reads().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /// The groups of which somebody must be in one to be in scope; none: it is about everybody.
  public List<String> groups() {
    return scope.groups();
  }

  /// The groups of the target that the flow manages; absent where it manages none.
  public Optional<TargetGroups> targetGroups() {
    return targetGroups;
  }

  /// The attributes that its rules write, as paths with the names of their schemas.
  public Set<String> written() {
    return rules.stream()
        .map(rule -> PathParser.render(rule.path()))
        .collect(Collectors.toUnmodifiableSet());
  }

  /// What an attribute of accounts is written by: `place` is where the rule stands in the
  /// configuration, empty for what Tenure itself writes.
  public record Writing(AttributeRef attribute, Owner owner, String place) {}

  /// What is written at accounts, but for what every account has.
  public List<Writing> writings() {
    var ruled =
        rules.stream()
            .filter(rule -> !rule.isMembership())
            .map(r -> new Writing(r.path().attribute(), r.terms().owner(), r.place()));
    var origin = fixed.origin().stream().map(m -> new Writing(m.path().attribute(), m.owner(), ""));
    return Stream.concat(ruled, origin).toList();
  }

  /// People who are never touched, even where the source does not have them any more.
  public Set<PersonKey> untouched() {
    return scope.protect().stream()
        .flatMap(one -> one.keys().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  private Decision employed(Subject subject, Optional<ByHand> byHand) {
    var person = subject.person().key();
    if (subject.person().disabled()) {
      return Decision.of(
          new Standing.Left(person, LeaverEvent.DISABLED_IN_SOURCE, "disabled in the source"));
    }
    return switch (effective.of(subject, variables)) {
      case Phase.Over(var end, var why) ->
          Decision.of(new Standing.Left(person, LeaverEvent.PAST_LAST_DAY, why, Optional.of(end)));
      case Phase.Unknown(var problem) ->
          Decision.of(new Standing.Unclear(person, List.of(problem)));
      case Phase.Within within -> scoped(subject, within, byHand).before(within.until());
      case Phase.Preparing phase ->
          scoped(subject, phase, byHand).before(Optional.of(phase.start()));
      case Phase.Ahead phase ->
          scoped(subject, phase, byHand).before(Optional.of(phase.prepared()));
    };
  }

  private Decision scoped(Subject subject, Phase phase, Optional<ByHand> byHand) {
    var person = subject.person().key();
    if (byHand.isPresent())
      return new Decision(out(person, byHand.get().why()), byHand.get().ends());
    var excluded = Exemption.first(scope.exclude(), subject, variables);
    if (excluded instanceof Exemption.Verdict.Yes(var found)) {
      return new Decision(out(person, "excluded: " + found.words()), found.ends());
    }
    if (excluded instanceof Exemption.Verdict.Unknown(var why)) {
      return unclear(person, "scope.exclude", why);
    }
    return switch (scope.of(subject, variables)) {
      case Scope.Verdict.In(var why) -> entered(subject, phase, why);
      case Scope.Verdict.Out(var why) -> Decision.of(out(person, why));
      case Scope.Verdict.Unknown(var why) -> unclear(person, "scope.when", why);
    };
  }

  private Decision entered(Subject subject, Phase phase, String why) {
    return switch (phase) {
      case Phase.Ahead(_, var early) -> Decision.of(out(subject.person().key(), early));
      case Phase.Preparing(var start, var early) ->
          Decision.of(mapped(subject, new Entry(false, why + "; " + early, Optional.of(start))));
      case Phase.Within(var start, _) -> Decision.of(mapped(subject, new Entry(true, why, start)));
      case Phase.Over _, Phase.Unknown _ ->
          Decision.of(mapped(subject, new Entry(true, why, Optional.empty())));
    };
  }

  private static Standing out(PersonKey person, String why) {
    return new Standing.Left(person, LeaverEvent.OUT_OF_SCOPE, why);
  }

  private static Decision unclear(PersonKey person, String rule, String why) {
    return Decision.of(new Standing.Unclear(person, List.of(noVerdict(person, rule, why))));
  }

  /// How somebody is in: with an account that is active, why, and since when.
  private record Entry(boolean active, String why, Optional<Instant> firstDay) {}

  private Standing mapped(Subject subject, Entry entry) {
    var person = subject.person().key();
    var attributes = new ArrayList<Mapped>(rules.size() + 3);
    fixed.addTo(attributes, person, entry.active());
    var problems = new ArrayList<Problem>();
    for (var rule : rules) {
      switch (rule.apply(subject, variables)) {
        case MapRule.Result.Value(var mapped) -> {
          attributes.add(mapped);
          if (isUserName(rule.path()) && isNothing(mapped)) problems.add(noName(person, rule));
        }
        case MapRule.Result.Keep _ -> {
          if (isUserName(rule.path())) problems.add(noName(person, rule));
        }
        case MapRule.Result.Trouble(var problem) -> problems.add(problem);
      }
    }
    return problems.isEmpty()
        ? new Standing.InScope(
            new Desired(person, attributes, entry.why(), handles(subject), entry.firstDay()))
        : new Standing.Unclear(person, problems);
  }

  private static boolean isNothing(Mapped mapped) {
    return mapped.value().isNull();
  }

  private Map<String, String> handles(Subject subject) {
    if (handles.isEmpty()) return Map.of();
    var all = new TreeMap<String, String>();
    for (var name : handles) {
      var value = subject.person().first(name);
      if (!value.isBlank()) all.put(name, value);
    }
    return all;
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

  private static Problem noVerdict(PersonKey person, String rule, String why) {
    return new Problem(
        Code.MAP_FAILED,
        "the condition of '" + rule + "' gave no answer: " + why,
        Map.of("person", person.value(), "rule", rule),
        "make the condition fit what the source has for this person");
  }

  /// What every account gets besides its `externalId`: whether it is active, and its `sourceOrg`.
  private record Fixed(
      AccountPaths paths, PatchPath externalId, Mapped on, Optional<Mapped> origin) {
    static Fixed of(AccountPaths paths, Optional<String> sourceOrg) {
      var on = mapped(paths, "active", JSON.booleanNode(true));
      var fixed = new Fixed(paths, path(paths, "externalId"), on, Optional.empty());
      return sourceOrg.map(fixed::marking).orElse(fixed);
    }

    Fixed marking(String sourceOrg) {
      if (origin.isPresent()) return this;
      var mapped = mapped(paths, SOURCE_ORG, JSON.stringNode(sourceOrg));
      return new Fixed(paths, externalId, on, Optional.of(mapped));
    }

    void addTo(List<Mapped> attributes, PersonKey person, boolean active) {
      attributes.add(new Mapped(externalId, JSON.stringNode(person.value()), Owner.ALWAYS, "key"));
      attributes.add(
          active ? on : new Mapped(on.path(), JSON.booleanNode(false), Owner.ALWAYS, EARLY));
      origin.ifPresent(attributes::add);
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
