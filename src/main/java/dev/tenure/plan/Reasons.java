package dev.tenure.plan;

import dev.tenure.plan.Change.Reason;
import dev.tenure.policy.Desired;
import dev.tenure.policy.Desired.Mapped;
import dev.tenure.scim.patch.PathParser;
import dev.tenure.scim.schema.Attribute;
import dev.tenure.scim.schema.Attribute.Returned;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Says in words why something changes.
public final class Reasons {
  static final String HIDDEN = "[hidden]";

  private Reasons() {}

  /// One attribute: what was there, what the rule gives, the rule.
  static Reason mapped(Mapped mapped, List<JsonNode> before) {
    var leaf = mapped.path().leaf();
    return new Reason(
        attribute(mapped),
        mapped.hidden() ? hidden(before) : words(leaf, before),
        mapped.hidden()
            ? hidden(Values.elements(mapped.value()))
            : words(leaf, Values.elements(mapped.value())),
        mapped.rule());
  }

  /// What an attribute is called in a reason.
  static String attribute(Mapped mapped) {
    return PathParser.render(mapped.path());
  }

  /// A new account: the occasion first, then every attribute that it gets.
  static List<Reason> created(Desired desired, String because) {
    var reasons = new ArrayList<Reason>();
    reasons.add(new Reason("", "", "created", because));
    desired.attributes().stream()
        .filter(m -> !Values.isNone(m.value()) && !m.isMembership())
        .map(m -> mapped(m, List.of()))
        .forEach(reasons::add);
    return reasons;
  }

  private static String words(Attribute leaf, List<JsonNode> values) {
    // Law 10: what a target never shows (a password) is not shown by a plan either.
    if (leaf.returned() == Returned.NEVER) return hidden(values);
    return values.stream().map(Reasons::words).distinct().collect(Collectors.joining(", "));
  }

  /// Each attribute that this account should have: `before` is empty.
  public static List<Reason> wanted(Desired desired) {
    return desired.attributes().stream()
        .filter(m -> !Values.isNone(m.value()))
        .map(m -> mapped(m, List.of()))
        .toList();
  }

  private static String hidden(List<JsonNode> values) {
    return values.isEmpty() ? "" : HIDDEN;
  }

  /// The attribute's name alone: `emails[type eq "work"].value` → `emails`, `urn:…:User:division` →
  /// `division`.
  static String top(String attribute) {
    var bracket = attribute.indexOf('[');
    var path = bracket < 0 ? attribute : attribute.substring(0, bracket);
    var name = path.startsWith("urn:") ? path.substring(path.lastIndexOf(':') + 1) : path;
    var dot = name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  /// The URN before the name, where it has one.
  static String extension(String attribute) {
    if (!attribute.startsWith("urn:")) return "";
    var bracket = attribute.indexOf('[');
    var path = bracket < 0 ? attribute : attribute.substring(0, bracket);
    return path.substring(0, path.lastIndexOf(':'));
  }

  /// Without its URN.
  static String shortened(String attribute) {
    var extension = extension(attribute);
    return extension.isEmpty() ? attribute : attribute.substring(extension.length() + 1);
  }

  /// A complex value by its `value` and type, else all of it: `a@example.com (work)`.
  static String words(JsonNode value) {
    if (!value.isObject()) return value.isContainer() ? value.toString() : value.asString("");
    var main = Values.member(value, "value").asString("");
    if (!main.isEmpty()) {
      var type = Values.member(value, "type").asString("");
      return type.isEmpty() ? main : main + " (" + type + ")";
    }
    return value.properties().stream()
        .flatMap(p -> Stream.of(p.getKey() + "=" + p.getValue().asString("")))
        .collect(Collectors.joining(" "));
  }
}
