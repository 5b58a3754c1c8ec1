package dev.tenure.policy;

import dev.cel.common.types.CelKind;
import dev.tenure.config.Section;
import dev.tenure.policy.Desired.Owner;
import dev.tenure.policy.RuleExpressions.Wanted;
import dev.tenure.policy.expression.Expression;
import dev.tenure.problem.Code;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.patch.PatchPath;
import dev.tenure.scim.schema.Attribute;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads section `map` of a flow: each path with an expression, or with a mapping of `value` and
/// what else there is to say. All that is wrong is noted at its place; a rule with a problem is
/// left out.
final class MapReader {
  // What the engine itself sets, for its own safety.
  private static final Set<String> OURS = Set.of("externalid", "active", "id", "schemas", "meta");

  private final AccountPaths paths;
  private final RuleExpressions expressions;

  MapReader(AccountPaths paths, RuleExpressions expressions) {
    this.paths = paths;
    this.expressions = expressions;
  }

  List<MapRule> read(Section map) {
    var rules = new ArrayList<MapRule>();
    var written = new HashMap<PatchPath, String>();
    for (var key : map.keys()) {
      path(map, key)
          .filter(path -> once(map, key, path, written))
          .flatMap(path -> rule(map, key, path))
          .ifPresent(rules::add);
    }
    return rules;
  }

  private Optional<PatchPath> path(Section map, String key) {
    if (OURS.contains(key.strip().toLowerCase(Locale.ROOT))) {
      map.problem(
          key,
          Code.MAP_ATTRIBUTE,
          "'" + key + "' is set by Tenure itself",
          "remove the rule; the source's 'key' becomes the externalId");
      return Optional.empty();
    }
    if (key.strip().equalsIgnoreCase("groups")) {
      map.problem(
          key,
          Code.MAP_ATTRIBUTE,
          "an account's groups cannot be written at the account",
          "move the rule out of the map, beside it: groups: {value: …}");
      return Optional.empty();
    }
    try {
      return Optional.of(paths.writable(key));
    } catch (ScimException e) {
      map.problem(
          key,
          Code.MAP_ATTRIBUTE,
          String.valueOf(e.getMessage()),
          paths
              .nearest(key)
              .map(n -> "did you mean '" + n + "'?")
              .orElse("name an attribute of the target's User schema"));
      return Optional.empty();
    }
  }

  private static boolean once(
      Section map, String key, PatchPath path, Map<PatchPath, String> written) {
    var before = written.putIfAbsent(path, key);
    if (before == null) return true;
    map.problem(
        key,
        Code.MAP_ATTRIBUTE,
        "'" + before + "' and '" + key + "' are the same attribute",
        "keep one of the two rules");
    return false;
  }

  private Optional<MapRule> rule(Section map, String key, PatchPath path) {
    var shape = Shape.of(path);
    if (shape.isEmpty()) {
      map.problem(
          key,
          Code.MAP_ATTRIBUTE,
          "'" + key + "' has no value of its own",
          "name one of its parts, such as " + part(key, path));
      return Optional.empty();
    }
    var details = Forms.section(map, key);
    var terms = TermsReader.read(details, shape.get());
    if (terms.owner() == Owner.ALWAYS && !isAnswered(path)) return unseen(map, key);
    var wanted = wanted(shape.get(), terms.unique());
    var all = new ArrayList<Expression>();
    expressions
        .of(details.orElse(map), details.isPresent() ? "value" : key, wanted)
        .ifPresent(all::add);
    details.ifPresent(d -> all.addAll(alternatives(d, wanted)));
    if (all.isEmpty()) return Optional.empty();
    var rule = new MapRule(key, map.at(key), path, shape.get(), all, terms);
    if (rule.isUnique() && !shape.get().isName()) return notUnique(map, key);
    return rule.isReference() && shape.get().many() ? notOne(map, key) : Optional.of(rule);
  }

  private List<Expression> alternatives(Section details, Wanted wanted) {
    var items = details.items("alternatives");
    return items.keys().stream()
        .flatMap(item -> expressions.of(items, item, wanted).stream())
        .toList();
  }

  private static Wanted wanted(Shape shape, boolean unique) {
    return new Wanted(
        type -> shape.takes(type) || (unique && type.kind() == CelKind.LIST),
        "a " + shape.wanted() + " is wanted, but this gives a ",
        "make the expression give a " + shape.wanted());
  }

  private static Optional<MapRule> notOne(Section map, String key) {
    map.problem(
        key,
        Code.MAP_ATTRIBUTE,
        "'" + key + "' is a list, and 'account' gives one person's account",
        "let it be the value of an attribute such as manager");
    return Optional.empty();
  }

  private static Optional<MapRule> notUnique(Section map, String key) {
    map.problem(
        key,
        Code.MAP_ATTRIBUTE,
        "'" + key + "' cannot be made unique",
        "let unique values be those of an attribute with one text, such as userName");
    return Optional.empty();
  }

  /// Whether a read of accounts shows the attribute.
  private static boolean isAnswered(PatchPath path) {
    var ref = path.attribute();
    return !ref.isConcealed()
        && ref.attribute().returned() != Attribute.Returned.REQUEST
        && ref.leaf().returned() != Attribute.Returned.REQUEST;
  }

  /// What is not seen would differ in each plan (law 7).
  private static Optional<MapRule> unseen(Section map, String key) {
    map.problem(
        key,
        Code.MAP_ATTRIBUTE,
        "the target does not answer '" + key + "', so nobody can tell whether it is right",
        "let it be set once: {value: …, owner: on-create}");
    return Optional.empty();
  }

  private static String part(String key, PatchPath path) {
    return path.leaf().subAttributes().stream()
        .findFirst()
        .map(sub -> "'" + key + "." + sub.name() + "'")
        .orElse("a simple attribute");
  }
}
