package dev.tenure.organization.store;

import dev.tenure.scim.filter.Filter;
import dev.tenure.scim.filter.Filter.Operator;
import dev.tenure.scim.schema.AttributeRef;
import dev.tenure.scim.schema.Schema;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/// The attributes that have columns or rows of their own.
final class ColumnSql {
  private static final String ENTERPRISE = Schema.ENTERPRISE + ":";

  /// Equality on these goes to an index; the stored key is the folded value, or the value itself
  /// where its case matters.
  private static final Map<String, String> USER_KEYS =
      Map.of(
          "userName",
          "user_name_key",
          "externalId",
          "external_id",
          "displayName",
          "display_name_key",
          ENTERPRISE + "department",
          "department_key",
          ENTERPRISE + "employeeNumber",
          "employee_key",
          ENTERPRISE + "manager.value",
          "manager");

  private static final Map<String, String> GROUP_KEYS =
      Map.of("displayName", "display_name_key", "externalId", "external_id");

  private static final Map<String, String> RESOURCE_KEYS = Map.of("externalId", "external_id");

  private final Bindings bindings;
  private final Table table;
  private final boolean users;

  ColumnSql(Bindings bindings, Table table) {
    this.bindings = bindings;
    this.table = table;
    this.users = table == Table.USERS;
  }

  Optional<String> present(AttributeRef ref) {
    return switch (ref.toString()) {
      case "id", "meta", "meta.resourceType", "meta.location", "meta.version" ->
          Optional.of("true");
      case "meta.created", "meta.lastModified" -> Optional.of("true");
      default -> isRelated(ref) ? related("true") : Optional.empty();
    };
  }

  /// Whether the values are rows of their own: the members of a group, the groups of a user.
  private boolean isRelated(AttributeRef ref) {
    return switch (table) {
      case USERS -> ref.parent().toString().equals("groups");
      case GROUPS -> ref.parent().toString().equals("members");
      case RESOURCES -> false;
    };
  }

  Optional<String> comparison(Filter.Comparison c) {
    return switch (c.attribute().toString()) {
      case "id" -> Optional.of(id(c));
      case "meta.created" -> Optional.of(moment("u.created", c));
      case "meta.lastModified" -> Optional.of(moment("u.modified", c));
      case "meta.version" -> meta("'W/\"' || u.version || '\"'", c);
      case "meta.resourceType" -> meta(type(), c);
      case "meta", "meta.location" -> Optional.of("false");
      case "active" -> active(c);
      default -> isRelated(c.attribute()) ? ofRelated(c) : key(c).or(() -> emailPart(c));
    };
  }

  private String type() {
    return switch (table) {
      case USERS -> "'User'";
      case GROUPS -> "'Group'";
      case RESOURCES -> "u.type";
    };
  }

  private Optional<String> ofRelated(Filter.Comparison c) {
    var leaf = c.attribute().leaf();
    return leaf.name().equals("value") || !leaf.subAttributes().isEmpty()
        ? relatedValue(c)
        : related(relatedElement(c, "r.v"));
  }

  private String id(Filter.Comparison c) {
    if (c.operator() == Operator.EQ) {
      return Ids.parse(FilterSql.text(c.value()))
          .map(id -> "(u.id = " + bindings.bind(id) + ")")
          .orElse("false");
    }
    return ValueSql.text(bindings, "cast(u.id as text)", true, c);
  }

  private String moment(String column, Filter.Comparison c) {
    return ValueSql.instant(FilterSql.text(c.value()))
        .map(at -> "(" + column + " " + ValueSql.sign(c.operator()) + " " + bindings.bind(at) + ")")
        .orElse("false");
  }

  private Optional<String> meta(String expression, Filter.Comparison c) {
    var exact = c.attribute().leaf().caseExact();
    return Optional.of(ValueSql.text(bindings, "(" + expression + ")", exact, c));
  }

  private Optional<String> active(Filter.Comparison c) {
    if (!users || c.attribute().extension() || !c.value().isBoolean()) return Optional.empty();
    var value = c.value().booleanValue() == (c.operator() == Operator.EQ);
    return Optional.of(value ? "u.active" : "(not u.active)");
  }

  /// Equality and parts of texts by the key; the rest of the operators are left to the document.
  private Optional<String> key(Filter.Comparison c) {
    var column = keys().get(c.attribute().toString());
    if (column == null) return Optional.empty();
    var text = FilterSql.text(c.value());
    var exact = c.attribute().leaf().caseExact();
    return switch (c.operator()) {
      case EQ ->
          Optional.of("(u." + column + " = " + bindings.bind(exact ? text : fold(text)) + ")");
      case CO, SW, EW -> isPart(c) ? Optional.of(part("u." + column, exact, c)) : Optional.empty();
      case NE, GT, GE, LT, LE -> Optional.empty();
    };
  }

  /// Only text has parts, and what is empty is a part of all that there is.
  private static boolean isPart(Filter.Comparison c) {
    return c.value().isString() && !c.value().stringValue().isEmpty();
  }

  private String part(String column, boolean exact, Filter.Comparison c) {
    var pattern = ValueSql.pattern(c);
    return "(" + column + " like " + bindings.bind(exact ? pattern : fold(pattern)) + ")";
  }

  private static String fold(String text) {
    return ValueSql.fold(text);
  }

  /// A part of some address.
  Optional<String> emailPart(Filter.Comparison c) {
    var path = c.attribute().toString();
    if (!users || !(path.equals("emails") || path.equals("emails.value")) || !isPart(c)) {
      return Optional.empty();
    }
    return switch (c.operator()) {
      case CO, SW, EW ->
          Optional.of(
              "exists (select from unnest(u.email_keys) as e(v) where "
                  + part("e.v", false, c)
                  + ")");
      case EQ, NE, GT, GE, LT, LE -> Optional.empty();
    };
  }

  private Map<String, String> keys() {
    return switch (table) {
      case USERS -> USER_KEYS;
      case GROUPS -> GROUP_KEYS;
      case RESOURCES -> RESOURCE_KEYS;
    };
  }

  /// A cheap condition that holds wherever the comparison does.
  Optional<String> email(AttributeRef ref, Filter.Comparison c) {
    var path = ref.toString();
    var address = path.equals("emails") || path.equals("emails.value");
    if (!users || !address || c.operator() != Operator.EQ) return Optional.empty();
    return Optional.of(emailKey(c));
  }

  /// The same for `emails[type eq "work" and value eq "…"]`.
  Optional<String> email(Filter.ValuePath path) {
    if (!users || !path.attribute().toString().equals("emails")) return Optional.empty();
    return address(path.filter()).map(this::emailKey);
  }

  private static Optional<Filter.Comparison> address(Filter filter) {
    return switch (filter) {
      case Filter.And(var left, var right) -> address(left).or(() -> address(right));
      case Filter.Comparison c
          when c.operator() == Operator.EQ
              && c.value().isString()
              && c.attribute().leaf().name().equals("value") ->
          Optional.of(c);
      case Filter.Comparison _ -> Optional.empty();
      case Filter.Or _ -> Optional.empty();
      case Filter.Not _ -> Optional.empty();
      case Filter.Present _ -> Optional.empty();
      case Filter.ValuePath _ -> Optional.empty();
      case Filter.Nothing _ -> Optional.empty();
    };
  }

  private String emailKey(Filter.Comparison c) {
    var key = ValueSql.fold(FilterSql.text(c.value()));
    return "(u.email_keys @> array[cast(" + bindings.bind(key) + " as text)])";
  }

  /// `members[…]` and `groups[…]` by rows, each tried as one element.
  Optional<String> elements(Filter.ValuePath path, BiFunction<Filter, String, String> element) {
    if (!isRelated(path.attribute())) return Optional.empty();
    if (path.filter() instanceof Filter.Comparison c
        && c.operator() == Operator.EQ
        && c.attribute().leaf().name().equals("value")) {
      return relatedValue(c);
    }
    return related(element.apply(path.filter(), "r.v"));
  }

  private Optional<String> relatedValue(Filter.Comparison c) {
    if (c.operator() == Operator.NE) {
      return related(relatedElement(c, "r.v")).map(r -> "(" + r + " or not " + rows("true") + ")");
    }
    if (c.operator() != Operator.EQ) return related(relatedElement(c, "r.v"));
    return Optional.of(
        Ids.parse(FilterSql.text(c.value()))
            .map(bindings::bind)
            .map(id -> rows(users ? BelongSql.isBelow("m.group_id", id) : "m.member_id = " + id))
            .orElse("false"));
  }

  private String rows(String condition) {
    return "exists (select from group_member m where m.organization = :organization and m."
        + (users ? "user_id" : "group_id")
        + " = u.id and "
        + condition
        + ")";
  }

  private String relatedElement(Filter.Comparison c, String v) {
    var leaf = c.attribute().leaf();
    var name = leaf.subAttributes().isEmpty() ? leaf.name() : "value";
    return ValueSql.compare(
        bindings, leaf, "(" + v + " -> cast(" + bindings.bind(name) + " as text))", c);
  }

  /// A condition on each group of a user, or member of a group, as a JSON object `r.v`.
  private Optional<String> related(String condition) {
    return Optional.of(
        (users
                ? """
                exists (select from (select jsonb_build_object('value', g.id,
                    'type', case when b.direct then 'direct' else 'indirect' end,
                    'display', g.document -> 'displayName') as v
                  from ABOVE b join scim_group g
                    on g.organization = :organization and g.id = b.id) r where\
                """
                    .replace("ABOVE", BelongSql.ABOVE)
                : """
                exists (select from (select jsonb_build_object('value', m.member_id,
                    'type', case when m.user_id is null then 'Group' else 'User' end) as v
                  from group_member m
                  where m.organization = :organization and m.group_id = u.id) r where\
                """)
            + " "
            + condition
            + ")");
  }
}
