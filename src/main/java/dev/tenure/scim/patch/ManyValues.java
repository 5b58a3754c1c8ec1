package dev.tenure.scim.patch;

import dev.tenure.scim.Reading;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimType;
import dev.tenure.scim.filter.Filter;
import dev.tenure.scim.filter.FilterEvaluator;
import dev.tenure.scim.schema.Attribute;
import dev.tenure.scim.schema.Attribute.Mutability;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Sets and removes values of a multi-valued attribute in the object that holds it.
record ManyValues(Attribute attribute, ObjectNode holder, Reading reading) {
  /// What describes a value rather than being it: a value with nothing else is an empty shell.
  private static final Set<String> LABELS = Set.of("type", "primary", "display", "$ref");

  /// More values of one attribute are refused; members of groups are not kept as values.
  static final int VALUES_MAX = 2_000;

  void set(Write write) {
    var path = write.path();
    var values = values();
    var touched = new HashSet<Integer>();
    if (path.values().isPresent() || path.attribute().sub().isPresent()) {
      touched.addAll(targets(values, path, write.merge()));
      touched.forEach(i -> setAt(values, i, write));
    } else {
      if (write.merge() == Merge.REPLACE) values.removeAll();
      touched.addAll(merged(values, write.value()));
    }
    settlePrimary(values, touched);
    store(values);
  }

  void remove(PatchPath path, JsonNode selector) {
    var values = values();
    var sub = path.attribute().sub();
    if (sub.isPresent()) {
      matching(values, path).forEach(i -> removeSub(values.get(i), sub.orElseThrow()));
      values.removeIf(v -> v.isNull() || (v.isObject() && v.isEmpty()));
    } else if (path.values().isPresent()) {
      var filter = path.values().orElseThrow();
      values.removeIf(v -> FilterEvaluator.matchesValue(filter, v));
    } else if (selector.isArray()) {
      values.removeIf(v -> selector.valueStream().anyMatch(s -> selects(s, v)));
    } else {
      values.removeAll();
    }
    store(values);
  }

  private ArrayNode values() {
    var there = holder.get(attribute.name());
    if (there instanceof ArrayNode array) return array;
    var array = holder.arrayNode();
    return there == null || there.isNull() ? array : array.add(there);
  }

  private void store(ArrayNode values) {
    if (values.size() > VALUES_MAX && !attribute.name().equals("members")) {
      throw ScimException.bad(
          ScimType.invalidValue,
          "'" + attribute.name() + "' would have more than " + VALUES_MAX + " values");
    }
    if (values.isEmpty()) holder.remove(attribute.name());
    else holder.set(attribute.name(), values);
  }

  private List<Integer> matching(ArrayNode values, PatchPath path) {
    var matching = new ArrayList<Integer>();
    for (var i = 0; i < values.size(); i++) {
      var value = values.get(i);
      if (path.values().filter(f -> !FilterEvaluator.matchesValue(f, value)).isEmpty()) {
        matching.add(i);
      }
    }
    return matching;
  }

  /// The values to change; one that is made where none matches.
  private List<Integer> targets(ArrayNode values, PatchPath path, Merge merge) {
    var matching = matching(values, path);
    if (!matching.isEmpty()) return matching;
    var made = holder.objectNode();
    if (path.values().isPresent()) {
      var filter = path.values().orElseThrow();
      if (merge == Merge.REPLACE && !reading.isTolerant()) throw noTarget(path);
      if (!describe(filter, made)) throw noTarget(path);
    }
    values.add(made);
    return List.of(values.size() - 1);
  }

  /// Fills a new value with what the filter demands; false where it demands more than `eq` terms.
  private static boolean describe(Filter filter, ObjectNode made) {
    return switch (filter) {
      case Filter.And(var left, var right) -> describe(left, made) && describe(right, made);
      case Filter.Comparison(var ref, var operator, var value) -> {
        if (operator == Filter.Operator.EQ && !value.isNull()) made.set(ref.leaf().name(), value);
        yield operator == Filter.Operator.EQ;
      }
      case Filter.Or _, Filter.Not _, Filter.Present _, Filter.ValuePath _, Filter.Nothing _ ->
          false;
    };
  }

  private ScimException noTarget(PatchPath path) {
    return ScimException.bad(
        ScimType.noTarget,
        "no value of '" + attribute.name() + "' matches " + PathParser.render(path));
  }

  private void setAt(ArrayNode values, int index, Write write) {
    var path = write.path();
    var value = write.value();
    var there = values.get(index);
    var sub = path.attribute().sub();
    if (sub.isEmpty() && write.merge() == Merge.REPLACE) {
      var next = value.deepCopy();
      if (next instanceof ObjectNode made) path.values().ifPresent(f -> fill(made, f));
      requireImmutableKept(there, next);
      values.set(index, next);
      return;
    }
    if (!(there instanceof ObjectNode object)) {
      values.set(index, value.deepCopy());
      return;
    }
    var before = object.deepCopy();
    if (sub.isPresent()) OneValue.setSub(object, sub.orElseThrow(), value, write.merge());
    else if (value instanceof ObjectNode members) object.setAll(members.deepCopy());
    requireImmutableKept(before, object);
  }

  /// A replaced value still is the one that the filter names, unless the client says otherwise.
  private static void fill(ObjectNode made, Filter filter) {
    var described = made.objectNode();
    if (!describe(filter, described)) return;
    described.properties().forEach(m -> made.putIfAbsent(m.getKey(), m.getValue()));
  }

  private void requireImmutableKept(JsonNode before, JsonNode after) {
    attribute.subAttributes().stream()
        .filter(s -> s.mutability() == Mutability.IMMUTABLE)
        .filter(s -> before.hasNonNull(s.name()))
        .filter(s -> !before.path(s.name()).equals(after.path(s.name())))
        .findFirst()
        .ifPresent(s -> {
          throw ScimException.bad(
              ScimType.mutability,
              "'" + attribute.name() + "." + s.name() + "' is immutable and has a value");
        });
  }

  /// Adds what is not there yet, and merges what is: the same value twice is one.
  private Set<Integer> merged(ArrayNode values, JsonNode more) {
    var places = new HashMap<Object, Integer>();
    for (var i = 0; i < values.size(); i++)
      places.putIfAbsent(ValueKey.of(attribute, values.get(i)), i);
    var touched = new HashSet<Integer>();
    var added = more.isArray() ? more.valueStream().toList() : List.of(more);
    for (var value : added) {
      var place = places.putIfAbsent(ValueKey.of(attribute, value), values.size());
      if (place == null) values.add(value.deepCopy());
      else if (values.get(place) instanceof ObjectNode object
          && value instanceof ObjectNode members) {
        object.setAll(members.deepCopy());
      }
      touched.add(place == null ? values.size() - 1 : place);
    }
    return touched;
  }

  /// What an operation made primary takes that from all others (RFC 7644 §3.5.2).
  private static void settlePrimary(ArrayNode values, Set<Integer> touched) {
    var primary = touched.stream().filter(i -> isPrimary(values.get(i))).toList();
    if (primary.size() > 1) {
      throw ScimException.bad(ScimType.invalidValue, "more than one value would be primary");
    }
    if (primary.isEmpty()) return;
    for (var i = 0; i < values.size(); i++) {
      if (i == primary.getFirst() || !isPrimary(values.get(i))) continue;
      if (values.get(i) instanceof ObjectNode other) other.put("primary", false);
    }
  }

  private static boolean isPrimary(JsonNode value) {
    return value.path("primary").asBoolean(false);
  }

  private static void removeSub(JsonNode value, Attribute sub) {
    if (!(value instanceof ObjectNode object)) return;
    if (object.remove(sub.name()) == null) return;
    if (LABELS.containsAll(object.propertyNames())) object.removeAll();
  }

  /// By the selector's `value` where it has one, else by all that it says.
  private boolean selects(JsonNode selector, JsonNode value) {
    if (!selector.isObject())
      return ValueKey.of(attribute, selector).equals(ValueKey.of(attribute, value));
    if (selector.hasNonNull("value")) return same("value", selector, value);
    return !selector.isEmpty()
        && selector.propertyStream().allMatch(m -> same(m.getKey(), selector, value));
  }

  private boolean same(String name, JsonNode selector, JsonNode value) {
    return attribute
        .sub(name)
        .filter(s -> ValueKey.of(s, selector.path(name)).equals(ValueKey.of(s, value.path(name))))
        .isPresent();
  }
}
