package dev.tenure.plan;

import dev.tenure.policy.Desired;
import dev.tenure.policy.Desired.Mapped;
import dev.tenure.scim.filter.Filter;
import dev.tenure.scim.filter.FilterEvaluator;
import dev.tenure.scim.schema.AttributeRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The place in an account that mapped attributes share: those of `emails[type eq "work"]` are one
/// value of the list and are written together. `attribute` is without its sub-attribute; `mapped`
/// are in the order of the rules, at least one.
record Slot(AttributeRef attribute, Optional<Filter> filter, List<Mapped> mapped) {
  /// The slots of an account, in the order of their first rule, without its groups: these are
  /// changed elsewhere. They are few, and paths are compared faster than hashed: those of one flow
  /// are the same objects for everybody.
  static List<Slot> of(Desired desired) {
    var slots = new ArrayList<Slot>();
    for (var mapped : desired.attributes()) {
      if (mapped.isMembership()) continue;
      var at = 0;
      while (at < slots.size() && !slots.get(at).holds(mapped)) at++;
      if (at == slots.size()) slots.add(holding(mapped));
      else slots.get(at).mapped.add(mapped);
    }
    return slots;
  }

  private static Slot holding(Mapped mapped) {
    var path = mapped.path();
    return new Slot(path.attribute().parent(), path.values(), new ArrayList<>(List.of(mapped)));
  }

  private boolean holds(Mapped other) {
    var path = other.path();
    return attribute.extension() == path.attribute().extension()
        && attribute.attribute().equals(path.attribute().attribute())
        && filter.equals(path.values());
  }

  /// Whether single values of a list are meant, rather than the attribute as a whole.
  boolean isElement() {
    return attribute.attribute().multiValued()
        && (filter.isPresent() || mapped.getFirst().path().attribute().sub().isPresent());
  }

  /// Those of the attribute's values that this slot means.
  List<JsonNode> elements(ObjectNode resource) {
    var all = Values.elements(Values.whole(resource, attribute));
    return filter
        .map(f -> all.stream().filter(e -> FilterEvaluator.matchesValue(f, e)).toList())
        .orElse(all);
  }

  /// What a mapped attribute of this slot is within one element.
  static JsonNode within(Mapped mapped, JsonNode element) {
    return mapped
        .path()
        .attribute()
        .sub()
        .map(s -> Values.member(element, s.name()))
        .orElse(element);
  }

  /// The element as it is to be where the account has none yet: what the filter asks for, and what
  /// the rules give. Empty where they give nothing.
  Optional<ObjectNode> fresh() {
    var element = JsonNodeFactory.instance.objectNode();
    for (var one : mapped) {
      if (!Values.isNone(one.value())) put(element, one);
    }
    if (element.isEmpty()) return Optional.empty();
    filter.ifPresent(f -> seed(element, f));
    return Optional.of(element);
  }

  private static void put(ObjectNode element, Mapped one) {
    one.path()
        .attribute()
        .sub()
        .ifPresentOrElse(
            sub -> element.set(sub.name(), one.value()),
            () -> one.value().properties().forEach(p -> element.set(p.getKey(), p.getValue())));
  }

  private static void seed(ObjectNode element, Filter filter) {
    switch (filter) {
      case Filter.And(var left, var right) -> {
        seed(element, left);
        seed(element, right);
      }
      case Filter.Comparison(var of, var operator, var value) -> {
        if (operator == Filter.Operator.EQ && !element.has(of.attribute().name())) {
          element.set(of.attribute().name(), value);
        }
      }
      case Filter.Or _, Filter.Not _, Filter.Present _, Filter.ValuePath _, Filter.Nothing _ -> {
        // These ask for no single value, so there is nothing to write.
      }
    }
  }
}
