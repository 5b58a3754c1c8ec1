package dev.tenure.policy;

import dev.tenure.config.Section;
import dev.tenure.problem.Code;
import dev.tenure.scim.schema.Attribute.Type;
import dev.tenure.scim.schema.AttributeRef;
import dev.tenure.scim.schema.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a flow says beyond scope and map: `match` (`externalId`, then `userName` where nothing is
/// said), `leaver`, `guard` and `sourceOrg`.
public record FlowRules(
    List<MatchRule> match, LeaverTable leaver, GuardLimits guard, Optional<String> sourceOrg) {
  private static final List<String> USUAL = List.of("externalId", "userName");
  private static final GuardLimits LIMITS = new GuardLimits(Map.of());

  public FlowRules {
    match = List.copyOf(match);
  }

  /// Problems are noted on the section.
  public static FlowRules read(Section flow, ResourceType user) {
    return new FlowRules(
        match(flow, new AccountPaths(user)),
        LeaverTable.read(flow),
        flow.section("guard").map(GuardLimits::read).orElse(LIMITS),
        flow.optionalText("sourceOrg"));
  }

  /// The same, with this source of truth where the flow names none.
  public FlowRules marking(String origin) {
    return new FlowRules(match, leaver, guard, sourceOrg.or(() -> Optional.of(origin)));
  }

  private static List<MatchRule> match(Section flow, AccountPaths paths) {
    if (!flow.has("match")) {
      return USUAL.stream()
          .flatMap(on -> paths.attribute(on).stream())
          .map(ref -> new MatchRule(ref, false))
          .toList();
    }
    var items = flow.items("match");
    var rules = new ArrayList<MatchRule>();
    for (var key : items.keys()) {
      var details = Forms.section(items, key);
      boolean adopt = details.map(d -> d.flag("adopt", false)).orElse(false);
      attribute(details.orElse(items), details.isPresent() ? "on" : key, paths)
          .ifPresent(ref -> rules.add(new MatchRule(ref, adopt)));
    }
    return rules;
  }

  private static Optional<AttributeRef> attribute(Section at, String key, AccountPaths paths) {
    var name = at.text(key);
    var found = paths.attribute(name).filter(ref -> ref.leaf().type() != Type.COMPLEX);
    if (found.isEmpty()) {
      at.problem(
          key,
          Code.MAP_ATTRIBUTE,
          "accounts cannot be matched on '" + name + "'",
          paths
              .nearest(name)
              .map(n -> "did you mean '" + n + "'?")
              .orElse("name an attribute with a simple value, such as emails.value"));
    }
    return found;
  }
}
