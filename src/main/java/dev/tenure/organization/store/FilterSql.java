package dev.tenure.organization.store;

import dev.tenure.scim.filter.Filter;
import dev.tenure.scim.filter.Filter.Operator;
import dev.tenure.scim.schema.Attribute;
import dev.tenure.scim.schema.AttributeRef;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/// Translates a filter to a condition over the rows `u` of `scim_user`, `scim_group` or
/// `scim_resource`.
///
/// Usual attributes go to their columns and so to an index, the rest to the document. Values and
/// names are bound, never written into the statement. `not` is the complement: what is null inside
/// counts as false.
public final class FilterSql {
  private static final String NEVER = "false";
  private static final Set<String> OF_ONE = Set.of("id", "userName", "externalId");
  private final Bindings bindings = new Bindings("f");
  private final ColumnSql columns;

  private FilterSql(Table table) {
    this.columns = new ColumnSql(bindings, table);
  }

  /// A condition and the values of its parameters. `few`: hardly more than one row fulfils it, as
  /// it asks for a value that belongs to one.
  public record Condition(String sql, Map<String, Object> values, boolean few) {
    Condition(String sql, Map<String, Object> values) {
      this(sql, values, false);
    }

    /// Holds for every row.
    public static final Condition ALWAYS = new Condition("true", Map.of());

    /// Holds for the resources among these that are of the type which is bound as `type`.
    Condition ofType() {
      return new Condition("(u.type = cast(:type as text) and " + sql + ")", values, few);
    }

    /// Holds for active users.
    public static final Condition ACTIVE = new Condition("u.active", Map.of());

    /// The same with other names of its parameters, to stand beside another in one statement.
    Condition named(String prefix) {
      var renamed = new HashMap<String, Object>();
      values.forEach((name, value) -> renamed.put(prefix + name, value));
      return new Condition(sql.replaceAll(":(f[0-9]+)", ":" + prefix + "$1"), renamed);
    }
  }

  /// The condition that a filter is over this table.
  public static Condition of(Filter filter, Table table) {
    var translation = new FilterSql(table);
    var sql = translation.top(filter);
    return new Condition(sql, translation.bindings.values(), isOfFew(filter));
  }

  private static boolean isOfFew(Filter filter) {
    return switch (filter) {
      case Filter.And(var left, var right) -> isOfFew(left) || isOfFew(right);
      case Filter.Comparison c ->
          c.operator() == Operator.EQ && OF_ONE.contains(c.attribute().toString());
      case Filter.Or _ -> false;
      case Filter.Not _ -> false;
      case Filter.Nothing _ -> false;
      case Filter.Present _ -> false;
      case Filter.ValuePath _ -> false;
    };
  }

  private String top(Filter filter) {
    return switch (filter) {
      case Filter.And(var left, var right) -> "(" + top(left) + " and " + top(right) + ")";
      case Filter.Or(var left, var right) -> "(" + top(left) + " or " + top(right) + ")";
      // A comparison with a column is null where that is: as good as false, and fit for an index.
      case Filter.Not(var inner) -> "(not coalesce(" + top(inner) + ", false))";
      case Filter.Nothing _ -> NEVER;
      case Filter.Present(var ref) -> columns.present(ref).orElseGet(() -> present(ref));
      case Filter.Comparison c -> comparison(c);
      case Filter.ValuePath path ->
          columns.elements(path, this::element).orElseGet(() -> any(path));
    };
  }

  private String comparison(Filter.Comparison c) {
    if (c.value().isNull()) {
      var present = top(new Filter.Present(c.attribute()));
      return c.operator() == Operator.NE ? present : "(not " + present + ")";
    }
    return columns.comparison(c).orElseGet(() -> inDocument(c));
  }

  private String inDocument(Filter.Comparison c) {
    var ref = c.attribute();
    var many = ref.attribute().multiValued() || ref.leaf().multiValued();
    var exact = compared(c, many, condition -> some(ref, condition));
    // Only where an address is meant can an index on them help.
    var prefilter = columns.email(ref, c);
    return prefilter.map(p -> "(" + p + " and " + exact + ")").orElse(exact);
  }

  /// Puts a condition on some value of an attribute.
  private interface Some {
    String of(UnaryOperator<String> condition);
  }

  /// Of `many` values some must compare so; where there is none at all, "not equal" holds.
  private String compared(Filter.Comparison c, boolean many, Some some) {
    var leaf = valueOf(c.attribute().leaf());
    if (!many || c.operator() != Operator.NE) {
      return some.of(x -> ValueSql.compare(bindings, leaf, x, c));
    }
    return "("
        + some.of(x -> x + " is not null and " + ValueSql.compare(bindings, leaf, x, c))
        + " or not "
        + some.of(x -> x + " is not null")
        + ")";
  }

  /// A complex attribute that is compared as a whole means its `value` (RFC 7644 §3.4.2.2, example
  /// `emails co "example.com"`).
  private static Attribute valueOf(Attribute leaf) {
    return leaf.type() == Attribute.Type.COMPLEX ? leaf.sub("value").orElse(leaf) : leaf;
  }

  /// Whether some value of the attribute fulfils the condition.
  private String some(AttributeRef ref, UnaryOperator<String> condition) {
    var sub = ref.sub().or(() -> ref.attribute().sub("value"));
    return each(
        ref.attribute(),
        node(ref),
        v ->
            sub.map(s -> each(s, step(v, s.name()), condition))
                .orElseGet(() -> condition.apply(v)));
  }

  private String each(Attribute attribute, String node, UnaryOperator<String> condition) {
    if (!attribute.multiValued()) return condition.apply(node);
    var name = bindings.alias();
    return "exists (select from jsonb_array_elements(%s) as %s(v) where %s)"
        .formatted(array(node), name, condition.apply(name + ".v"));
  }

  private String any(Filter.ValuePath path) {
    var node = node(path.attribute());
    var name = bindings.alias();
    var source =
        path.attribute().attribute().multiValued()
            ? "jsonb_array_elements(" + array(node) + ")"
            : "(select " + node + " as v where jsonb_typeof(" + node + ") = 'object')";
    var condition = element(path.filter(), name + ".v");
    var exists = "exists (select from %s as %s(v) where %s)".formatted(source, name, condition);
    return columns.email(path).map(p -> "(" + p + " and " + exists + ")").orElse(exists);
  }

  /// The condition for one element `v` of a multi-valued attribute.
  private String element(Filter filter, String v) {
    return switch (filter) {
      case Filter.And(var left, var right) ->
          "(" + element(left, v) + " and " + element(right, v) + ")";
      case Filter.Or(var left, var right) ->
          "(" + element(left, v) + " or " + element(right, v) + ")";
      case Filter.Not(var inner) -> "(not " + element(inner, v) + ")";
      case Filter.Nothing _ -> NEVER;
      case Filter.Present(var ref) -> ValueSql.present(inElement(ref, v));
      case Filter.Comparison c -> elementComparison(c, v);
      case Filter.ValuePath _ -> NEVER;
    };
  }

  private String elementComparison(Filter.Comparison c, String v) {
    var x = inElement(c.attribute(), v);
    if (!c.value().isNull()) {
      var leaf = c.attribute().leaf();
      return compared(c, leaf.multiValued(), condition -> each(leaf, x, condition));
    }
    var present = ValueSql.present(x);
    return c.operator() == Operator.NE ? present : "(not " + present + ")";
  }

  /// A value that is no object is its own `value` (RFC 7643 §2.4).
  private String inElement(AttributeRef ref, String v) {
    var name = ref.leaf().name();
    var inside = step(v, name);
    if (!name.toLowerCase(Locale.ROOT).equals("value")) return inside;
    return "(case when jsonb_typeof(" + v + ") = 'object' then " + inside + " else " + v + " end)";
  }

  private String present(AttributeRef ref) {
    if (!ref.attribute().multiValued()) {
      var node = node(ref);
      return ValueSql.present(ref.sub().map(s -> step(node, s.name())).orElse(node));
    }
    if (ref.sub().isEmpty()) return ValueSql.present(node(ref));
    return some(ref, ValueSql::present);
  }

  private String node(AttributeRef ref) {
    var root = ref.extension() ? step("u.document", ref.attribute().schema()) : "u.document";
    return step(root, ref.attribute().name());
  }

  private String step(String from, String member) {
    return "(" + from + " -> cast(" + bindings.bind(member) + " as text))";
  }

  private static String array(String node) {
    return "case when jsonb_typeof(" + node + ") = 'array' then " + node + " end";
  }

  /// The text of a bound value.
  static String text(JsonNode value) {
    return value.isString() ? value.stringValue() : value.asString();
  }
}
