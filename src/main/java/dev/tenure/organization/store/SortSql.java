package dev.tenure.organization.store;

import dev.tenure.scim.message.SortOrder;
import dev.tenure.scim.schema.Attribute;
import dev.tenure.scim.schema.AttributeRef;
import dev.tenure.scim.schema.Schema;
import java.util.Map;
import java.util.Optional;

/// Translates the order of a list to a key over the rows `u` of a table: usual attributes to their
/// columns and so to an index, the rest to the document.
///
/// Text is ordered by code point, in lower case unless its case matters; of a text in the document
/// only the beginning counts. What is not of the attribute's type counts as no value.
final class SortSql {
  private static final String ENTERPRISE = Schema.ENTERPRISE + ":";
  private static final String DATE = "(?!0000)\\d{4}-\\d\\d-\\d\\d";
  private static final String TIME = "[Tt]\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?";
  private static final String ZONE = "([Zz]|[+-](0\\d|1[0-5])(:\\d\\d)?)";

  private static final Map<String, Key> USERS =
      Map.of(
          "userName",
          new Key("u.user_name_key", "text", false),
          "externalId",
          new Key("u.external_id", "text", true),
          "displayName",
          new Key("u.display_name_key", "text", true),
          "active",
          new Key("u.active", "boolean", false),
          "meta.created",
          new Key("u.created", "timestamptz", false),
          "meta.lastModified",
          new Key("u.modified", "timestamptz", false),
          ENTERPRISE + "department",
          new Key("u.department_key", "text", true),
          ENTERPRISE + "employeeNumber",
          new Key("u.employee_key", "text", true),
          ENTERPRISE + "manager.value",
          new Key("u.manager", "text", true));

  private static final Map<String, Key> GROUPS =
      Map.of(
          "displayName", new Key("u.display_name_key", "text", false),
          "externalId", new Key("u.external_id", "text", true),
          "meta.created", new Key("u.created", "timestamptz", false),
          "meta.lastModified", new Key("u.modified", "timestamptz", false));

  private static final Map<String, Key> RESOURCES =
      Map.of(
          "externalId", new Key("u.external_id", "text", true),
          "meta.created", new Key("u.created", "timestamptz", false),
          "meta.lastModified", new Key("u.modified", "timestamptz", false));

  private final Bindings bindings;
  private final Table table;

  private SortSql(Bindings bindings, Table table) {
    this.bindings = bindings;
    this.table = table;
  }

  /// An expression of a type; `nullable` where rows may be without a value.
  record Key(String sql, String type, boolean nullable) {}

  /// The key; absent where the ids are all that orders.
  static Optional<Key> of(SortOrder order, Bindings bindings, Table table) {
    return order.by().flatMap(new SortSql(bindings, table)::key);
  }

  private Optional<Key> key(AttributeRef ref) {
    var column = columns().get(ref.toString());
    if (column != null) return Optional.of(column);
    var name = ref.parent().toString();
    if (name.equals("id") || name.equals("meta")) return Optional.empty();
    return Optional.of(related(name, ref.leaf()).orElseGet(() -> typed(value(ref), ref.leaf())));
  }

  private Map<String, Key> columns() {
    return switch (table) {
      case USERS -> USERS;
      case GROUPS -> GROUPS;
      case RESOURCES -> RESOURCES;
    };
  }

  /// The first of those that are rows of their own: the groups of a user, the members of a group.
  private Optional<Key> related(String name, Attribute leaf) {
    if (table == Table.USERS && name.equals("groups")) {
      return Optional.of(new Key(firstGroup(ofGroup(leaf)), "text", true));
    }
    if (table == Table.GROUPS && name.equals("members")) {
      return Optional.of(new Key(firstMember(ofMember(leaf)), "text", true));
    }
    return Optional.empty();
  }

  private static String ofGroup(Attribute leaf) {
    return switch (leaf.name()) {
      case "value", "$ref" -> "cast(g.id as text)";
      case "display" -> text("g.document ->> 'displayName'", leaf);
      default -> "'direct'";
    };
  }

  private static String ofMember(Attribute leaf) {
    return leaf.name().equals("type")
        ? "case when m.user_id is null then 'group' else 'user' end"
        : "cast(m.member_id as text)";
  }

  private static String firstGroup(String value) {
    return """
    ((select %s from group_member m join scim_group g
        on g.organization = :organization and g.id = m.group_id
      where m.organization = :organization and m.user_id = u.id order by g.id limit 1)
      collate "C")\
    """
        .formatted(value);
  }

  private static String firstMember(String value) {
    return """
    ((select %s from group_member m where m.organization = :organization and m.group_id = u.id
      order by m.member_id limit 1) collate "C")\
    """
        .formatted(value);
  }

  private String value(AttributeRef ref) {
    var root = ref.extension() ? step("u.document", ref.attribute().schema()) : "u.document";
    var node = step(root, ref.attribute().name());
    if (ref.attribute().multiValued()) {
      node =
          "coalesce(jsonb_path_query_first(%s, '$[*] ? (@.primary == true)'), %s -> 0)"
              .formatted(node, node);
    }
    var one = node;
    return ref.sub().map(s -> step(one, s.name())).orElse(one);
  }

  private String step(String from, String member) {
    return "(" + from + " -> cast(" + bindings.bind(member) + " as text))";
  }

  private static Key typed(String x, Attribute leaf) {
    var text = "(" + x + " #>> '{}')";
    return switch (leaf.type()) {
      case BOOLEAN -> new Key(only("boolean", x, text), "boolean", true);
      case INTEGER, DECIMAL -> new Key(only("number", x, text), "numeric", true);
      case DATE_TIME -> new Key(moment(text), "timestamptz", true);
      case STRING, REFERENCE, BINARY, COMPLEX -> new Key(text(text, leaf), "text", true);
    };
  }

  private static String only(String jsonType, String x, String text) {
    var type = jsonType.equals("number") ? "numeric" : jsonType;
    return "(case when jsonb_typeof(%s) = '%s' then cast(%s as %s) end)"
        .formatted(x, jsonType, text, type);
  }

  /// Without a zone in UTC, without a time at midnight.
  private static String moment(String text) {
    return "(case when %s ~ '^%s$' then cast(%s || 'T00:00:00Z' as timestamptz)"
            .formatted(text, DATE, text)
        + " when %s ~ '^%s$' then cast(%s || 'Z' as timestamptz)".formatted(text, DATE + TIME, text)
        + " when %s ~ '^%s$' then cast(%s as timestamptz) end)"
            .formatted(text, DATE + TIME + ZONE, text);
  }

  private static String text(String text, Attribute leaf) {
    var begin = "left(" + text + ", " + KeyText.CHARACTERS_MAX + ")";
    return "(" + (leaf.caseExact() ? begin : "lower(" + begin + ")") + " collate \"C\")";
  }
}
