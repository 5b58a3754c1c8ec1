package dev.tenure.organization.store;

import dev.tenure.organization.store.ListSql.Segment;
import dev.tenure.organization.store.SearchStore.Kind;
import dev.tenure.scim.Reading;
import dev.tenure.scim.filter.FilterParser;
import dev.tenure.scim.message.SearchRequest;
import dev.tenure.scim.message.SortOrder;
import dev.tenure.scim.schema.ResourceType;
import dev.tenure.scim.schema.Schemas;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Statements that are put together: pages of lists, such as filters, orders and places make them,
/// and those that are about whichever table.
public final class MadeStatements {
  private static final List<String> USERS =
      List.of(
          "userName eq \"a\" or displayName co \"b\"",
          "emails[type eq \"work\" and value eq \"c\"] or emails.value sw \"d\"",
          "groups.value eq \"0190d2c0-0000-7000-8000-000000000000\" and groups.display pr",
          "not (groups[display co \"x\"]) and meta.lastModified gt \"2026-01-01T00:00:00Z\"");
  private static final List<String> GROUPS =
      List.of(
          "members.value eq \"0190d2c0-0000-7000-8000-000000000000\" or displayName eq \"a\"",
          "members[type eq \"User\"] and not (members.value ne \"x\")");
  private static final List<String> SORTS = List.of("", "userName", "title", "groups", "members");

  private MadeStatements() {}

  /// By what makes them.
  public static Map<String, String> all() {
    var all = new LinkedHashMap<String, String>();
    for (var table : Table.values()) {
      all.put("pages of " + table, StoredClaims.filled(StoredClaims.PAGES, table));
      all.put("claims of " + table, StoredClaims.filled(StoredClaims.CLAIM, table));
      all.put("lost of " + table, StoredClaims.filled(StoredClaims.LOST, table));
    }
    var user = Schemas.standard().user();
    var group = Schemas.standard().group();
    for (var sort : SORTS) {
      for (var filter : USERS) add(all, filter + " by " + sort, kind(user, filter, sort));
      for (var filter : GROUPS) add(all, filter + " by " + sort, kind(group, filter, sort));
      add(all, "resources by " + sort, kind(Table.RESOURCES, "Thing", group, "id pr", sort));
      add(all, "all by " + sort, kind(user, "id pr", sort), kind(group, "id pr", sort));
    }
    return all;
  }

  private static Kind kind(ResourceType type, String filter, String sort) {
    var table = type.name().equals("User") ? Table.USERS : Table.GROUPS;
    return kind(table, type.name(), type, filter, sort);
  }

  private static Kind kind(
      Table table, String name, ResourceType type, String filter, String sort) {
    var parsed = FilterParser.parse(filter, type, Reading.TOLERANT);
    var query = Map.of("sortBy", sort);
    var search = SearchRequest.ofQuery(query, new SearchRequest.PageSize(100, 100));
    var order = SortOrder.of(search, type, Reading.TOLERANT);
    return new Kind(table, name, FilterSql.of(parsed, table), order);
  }

  private static void add(Map<String, String> all, String name, Kind... kinds) {
    for (var depth : BelongSql.Depth.values()) {
      var parts = List.of(kinds).stream().map(kind -> ListSql.Part.of(kind, depth)).toList();
      add(all, name + ", " + depth, parts);
    }
  }

  private static void add(Map<String, String> all, String name, List<ListSql.Part> parts) {
    parts.forEach(part -> all.put(name + ", few of " + part.type(), ListSql.few(part)));
    var order = new SortOrder(Optional.empty(), false);
    var sql = new ListSql(parts, order, new Slice.First(10));
    for (var segment : Segment.values()) {
      all.put(name + ", " + segment, sql.statement(segment, false, true));
      all.put(name + ", beside " + segment, sql.statement(segment, true, false));
    }
    var deep = new ListSql(parts, order, new Slice.At(10, 10));
    all.put(name + ", deep", deep.statement(Segment.ALL, false, true));
  }
}
