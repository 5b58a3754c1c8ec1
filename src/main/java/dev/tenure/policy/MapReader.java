package dev.tenure.policy;

import dev.cel.common.types.CelTypes;
import dev.tenure.config.Section;
import dev.tenure.policy.Desired.Owner;
import dev.tenure.policy.ExpressionCompiler.Result.Compiled;
import dev.tenure.policy.ExpressionCompiler.Result.Wrong;
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
import tools.jackson.databind.JsonNode;

/// Reads section `map` of a flow: each path with an expression, or with `{value, owner, fallback}`.
/// All that is wrong is noted at its place; a rule with a problem is left out.
final class MapReader {
  // What the engine itself sets, for its own safety.
  private static final Set<String> OURS = Set.of("externalid", "active", "id", "schemas", "meta");

  private final AccountPaths paths;
  private final ExpressionCompiler compiler;

  /// Who rules over an attribute, as written. `TARGET` is never touched after creation, so with a
  /// value it is `ON_CREATE`.
  private enum Ruler {
    ALWAYS,
    ON_CREATE,
    TARGET
  }

  MapReader(AccountPaths paths, ExpressionCompiler compiler) {
    this.paths = paths;
    this.compiler = compiler;
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
    var owner = owner(details);
    if (owner == Owner.ALWAYS && !isAnswered(path)) return unseen(map, key);
    var at = details.orElse(map);
    var text = details.isPresent() ? "value" : key;
    return expression(at, text, shape.get())
        .map(e -> new MapRule(key, path, shape.get(), e, owner, fallback(details, shape.get())));
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

  private Optional<Expression> expression(Section section, String key, Shape shape) {
    return switch (compiler.compile(section.text(key))) {
      case Wrong(var column, var message, var remedy) -> {
        section.problem(new Section.Spot(key, column), Code.MAP_EXPRESSION, message, remedy);
        yield Optional.empty();
      }
      case Compiled(var expression) -> {
        if (shape.takes(expression.type())) yield Optional.of(expression);
        section.problem(
            new Section.Spot(key, 0),
            Code.MAP_EXPRESSION,
            "this gives a "
                + CelTypes.format(expression.type())
                + ", but a "
                + shape.wanted()
                + " is wanted",
            "make the expression give a " + shape.wanted());
        yield Optional.empty();
      }
    };
  }

  private static Owner owner(Optional<Section> details) {
    var ruler = details.map(d -> d.oneOf("owner", Ruler.ALWAYS)).orElse(Ruler.ALWAYS);
    return switch (ruler) {
      case ALWAYS -> Owner.ALWAYS;
      case ON_CREATE, TARGET -> Owner.ON_CREATE;
    };
  }

  private static Optional<JsonNode> fallback(Optional<Section> details, Shape shape) {
    if (details.isEmpty() || !details.get().has("fallback")) return Optional.empty();
    var section = details.get();
    try {
      return Optional.of(shape.json(shape.read(section.texts("fallback"))));
    } catch (Shape.Misfit e) {
      section.problem(
          "fallback",
          Code.CONFIG_VALUE,
          "the fallback does not fit: " + e.getMessage(),
          "give a " + shape.wanted());
      return Optional.empty();
    }
  }
}
