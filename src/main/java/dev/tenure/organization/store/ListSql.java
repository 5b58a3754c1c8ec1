package dev.tenure.organization.store;

import dev.tenure.organization.store.BelongSql.Depth;
import dev.tenure.scim.message.SortOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The statement that reads a page of a list, which may have parts in several tables: at first only
/// the keys and ids of the page, then its resources, as many as fit into the bytes of a page.
///
/// The rows of a list are in the order of (key, id), those without a key after all others.
/// Descending and backward each turn it round. Rows with and without a key are two segments, read
/// one after the other: each can then be entered at any place through an index.
final class ListSql {
  private static final String STATEMENT =
      """
      with FIRST page as materialized (PAGE),
      BELONGS shown as materialized (SHOWN),
      sized as (select shown.*,
        sum(octet_length(document) + coalesce(octet_length(related), 0))
          over (order by shown.k DIR, shown.id DIR rows between unbounded preceding and 1 preceding)
          as before
        from shown)
      select all_matches.total, (select count(*) from page) as found, sized.*,
        cast(sized.k as text) as key
      from (select TOTAL as total) as all_matches
        left join sized on coalesce(sized.before, 0) < :bytes
      order by sized.k DIR, sized.id DIR\
      """;

  /// The same of one table, read in one go: whole rows pass through it, of which only those of the
  /// page are made into text.
  private static final String OF_ONE =
      """
      with page as materialized (select u.*, KEY as k from TABLE u
        where u.organization = :organization and (WHERE) and (FROM)
        order by ORDER limit :limit offset :offset),
      BELONGS shown as materialized (
        select cast(:type as text) as type, u.k, COLUMNS from page uJOIN),
      sized as (select shown.*, count(*) over () as found,
        sum(octet_length(document) + coalesce(octet_length(related), 0))
          over (order by shown.k DIR, shown.id DIR rows between unbounded preceding and 1 preceding)
          as before
        from shown)
      select TOTAL as total, found.*, cast(found.k as text) as key
      from (values (1)) as one left join sized found on coalesce(found.before, 0) < :bytes
      order by found.k DIR, found.id DIR\
      """;

  private static final String OF_ONE_TOTAL =
      """
      case when cast(:offset as bigint) = 0 and coalesce(found.found, 0) < :limit
        then coalesce(found.found, 0) else COUNT end\
      """;

  private static final String IDS =
      """
      select cast(:type as text) as type, u.id, KEY as k from TABLE u
        where u.organization = :organization and (WHERE) and (FROM)
        order by ORDER limit LIMIT\
      """;

  /// Where all matches must be counted anyway, they are found once, in whatever order is best.
  private static final String MATCHES =
      """
      matches as materialized (select cast(:type as text) as type, u.id, KEY as k from TABLE u
        where u.organization = :organization and (WHERE)),\
      """;

  private static final String OF_MATCHES =
      """
      select * from matches u order by ORDER limit :limit offset :offset\
      """;

  /// All are counted anyway, so that a page far behind can be found from the end.
  private static final String COUNTED =
      """
      counted as materialized (select count(*) as n from TABLE u
        where u.organization = :organization and (WHERE)),\
      """;

  private static final String FROM_NEARER_END =
      """
      (select cast(:type as text) as type, u.id, KEY as k from TABLE u
        where u.organization = :organization and (WHERE) order by ORDER
        limit case when :offset < (select n / 2 from counted) then cast(:limit as bigint) else 0 end
        offset :offset)
      union all (select cast(:type as text), u.id, KEY as k from TABLE u
        where u.organization = :organization and (WHERE) order by REVERSED
        limit case when :offset < (select n / 2 from counted) then 0
          else (select greatest(least(:limit, n - :offset), 0) from counted) end
        offset (select greatest(n - :offset - :limit, 0) from counted))\
      """;

  private static final String ONE =
      """
      select page.type, page.k, COLUMNS from page
        join TABLE u on u.organization = :organization and u.id = page.idJOIN
      where page.type = :type\
      """;

  private static final String COUNT =
      """
      (select count(*) from TABLE u where u.organization = :organization and (WHERE))\
      """;

  private static final String UNLESS_WHOLE =
      """
      case when cast(:offset as bigint) = 0 and (select count(*) from page) < :limit
        then (select count(*) from page) else COUNT end\
      """;

  private final List<Part> parts;
  private final boolean up;
  private final boolean deep;
  private final Map<String, @Nullable Object> values = new HashMap<>();

  /// What of a list is in one table: those rows of `table` that fulfil the condition, read as
  /// `columns`, as resources of this type. `key` absent: none of them has one.
  record Part(
      String type,
      String table,
      Columns columns,
      FilterSql.Condition condition,
      Optional<SortSql.Key> key,
      Map<String, Object> keyValues) {

    /// Of the resources of one kind.
    static Part of(SearchStore.Kind kind, Depth depth) {
      var table = kind.table();
      var bindings = new Bindings(table.name().toLowerCase(Locale.ROOT));
      var key = SortSql.of(kind.order(), bindings, table);
      var condition = table == Table.RESOURCES ? kind.condition().ofType() : kind.condition();
      return new Part(
          kind.type(), name(table), Columns.of(table, depth), condition, key, bindings.values());
    }

    private static String name(Table table) {
      return switch (table) {
        case USERS -> "scim_user";
        case GROUPS -> "scim_group";
        case RESOURCES -> "scim_resource";
      };
    }
  }

  ListSql(List<Part> parts, SortOrder order, Slice slice) {
    this.parts = parts.size() == 1 ? parts : alike(parts);
    this.up = order.descending() == slice.isBackward();
    this.deep = slice instanceof Slice.At(int offset, _) && offset > 0;
    for (int i = 0; i < parts.size(); i++) {
      values.put("type" + i, parts.get(i).type());
      values.putAll(this.parts.get(i).condition().values());
      values.putAll(parts.get(i).keyValues());
    }
  }

  /// The values of everything in the statement but its limits.
  Map<String, @Nullable Object> values() {
    return values;
  }

  /// The statement that reads the first ones of a part, by `limit`, without their number.
  static String few(Part part) {
    return "select "
        + part.columns().ofFew()
        + " from "
        + part.table()
        + " u where u.organization = :organization and ("
        + part.condition().sql()
        + ") order by u.id limit :limit";
  }

  /// Whether this is all of one type: no values make one plan better than another.
  boolean isPlain() {
    return parts.size() == 1 && parts.getFirst().condition().equals(FilterSql.Condition.ALWAYS);
  }

  /// The segments to read one after the other, beginning with that of the place.
  List<Segment> segments(Optional<Place> place) {
    var keyed = parts.stream().anyMatch(p -> p.key().isPresent());
    var bare = !keyed || parts.stream().anyMatch(p -> p.key().stream().anyMatch(k -> k.nullable()));
    var inOrder =
        !keyed
            ? List.of(Segment.BARE)
            : !bare
                ? List.of(Segment.KEYED)
                : up ? List.of(Segment.KEYED, Segment.BARE) : List.of(Segment.BARE, Segment.KEYED);
    var first = place.map(p -> p.key() == null ? Segment.BARE : Segment.KEYED);
    return first
        .map(s -> inOrder.subList(Math.max(0, inOrder.indexOf(s)), inOrder.size()))
        .orElse(inOrder);
  }

  /// Rows with a key, rows without one, or both.
  enum Segment {
    KEYED,
    BARE,
    ALL
  }

  /// One statement: of a segment, beside the bound `key` and `id` where there is a `place`;
  /// counting all matches unless the bound `total` has their number.
  String statement(Segment segment, boolean beside, boolean counted) {
    var isWhole = !beside && (segment == Segment.ALL || isUnkeyed());
    return text(segment, beside, counted)
        .replace("BELONGS", each("", i -> parts.get(i).columns().cte()))
        .replace("SHOWN", each(" union all ", this::shown))
        .replace("TOTAL", counted ? total(isWhole) : "cast(:total as bigint)")
        .replace("DIR", up ? "asc" : "desc");
  }

  private String text(Segment segment, boolean beside, boolean counted) {
    if (isPlain()) {
      return deep ? nearer() : shown(keyed(OF_ONE, 0, segment, beside), 0);
    }
    var isWhole = !beside && (segment == Segment.ALL || isUnkeyed());
    return counted && isWhole && parts.size() == 1
        ? ofMatches()
        : STATEMENT.replace("FIRST ", "").replace("PAGE", page(segment, beside));
  }

  private boolean isUnkeyed() {
    return parts.stream().allMatch(p -> p.key().isEmpty());
  }

  private String nearer() {
    return STATEMENT
        .replace("FIRST", filled(COUNTED, 0))
        .replace("PAGE", keyed(FROM_NEARER_END, 0, Segment.ALL, false))
        .replace("TOTAL", "(select n from counted)");
  }

  private String ofMatches() {
    return STATEMENT
        .replace("FIRST", keyed(MATCHES, 0, Segment.ALL, false))
        .replace("PAGE", keyed(OF_MATCHES, 0, Segment.ALL, false))
        .replace("TOTAL", "(select count(*) from matches)");
  }

  /// A first page that is not full has all there are: they need not be counted.
  private String total(boolean isWhole) {
    var count = each(" + ", this::count);
    if (!isWhole) return count;
    var unlessWhole = isPlain() && !deep ? OF_ONE_TOTAL : UNLESS_WHOLE;
    return unlessWhole.replace("COUNT", count);
  }

  private interface Piece {
    String of(int part);
  }

  private String each(String between, Piece piece) {
    return IntStream.range(0, parts.size())
        .mapToObj(piece::of)
        .collect(Collectors.joining(between));
  }

  private String page(Segment segment, boolean beside) {
    if (parts.size() == 1) return ids(0, segment, beside, ":limit offset :offset");
    var most = "cast(:limit as bigint) + cast(:offset as bigint)";
    var all = each(" union all ", i -> "(" + ids(i, segment, beside, most) + ")");
    return "select * from ("
        + all
        + ") as parts order by k DIR, id DIR limit :limit offset :offset";
  }

  private String ids(int i, Segment segment, boolean beside, String limit) {
    return keyed(IDS, i, segment, beside).replace("LIMIT", limit);
  }

  private String keyed(String piece, int i, Segment segment, boolean beside) {
    var part = parts.get(i);
    return filled(piece, i)
        .replace("KEY", part.key().map(SortSql.Key::sql).orElse("cast(null as text)"))
        .replace("FROM", from(part, segment, beside))
        .replace("ORDER", order(part, "DIR"))
        .replace("REVERSED", order(part, up ? "desc" : "asc"));
  }

  private static String order(Part part, String direction) {
    return (part.key().isPresent() ? "k DIR, u.id DIR" : "u.id DIR").replace("DIR", direction);
  }

  private String from(Part part, Segment segment, boolean beside) {
    var sign = up ? " > " : " < ";
    var after = beside ? " and u.id" + sign + ":id" : "";
    return switch (segment) {
      case ALL -> "true";
      case BARE -> part.key().map(k -> k.sql() + " is null").orElse("true") + after;
      case KEYED ->
          part.key()
              .map(k -> k.sql() + " is not null" + (beside ? besideKey(k, sign) : ""))
              .orElse("false");
    };
  }

  private static String besideKey(SortSql.Key key, String sign) {
    return " and (" + key.sql() + ", u.id)" + sign + "(cast(:key as " + key.type() + "), :id)";
  }

  private String shown(int i) {
    return shown(filled(ONE, i), i);
  }

  private String shown(String piece, int i) {
    var columns = parts.get(i).columns();
    return piece.replace("COLUMNS", columns.ofPage()).replace("JOIN", columns.join());
  }

  private String count(int i) {
    return filled(COUNT, i);
  }

  private String filled(String piece, int i) {
    return piece
        .replace("TABLE", parts.get(i).table())
        .replace("WHERE", parts.get(i).condition().sql())
        .replace(":type", ":type" + i);
  }

  /// Keys of one type for all parts, text where they differ, and names of parameters that do not
  /// meet.
  private static List<Part> alike(List<Part> parts) {
    var types = parts.stream().flatMap(p -> p.key().stream()).map(SortSql.Key::type).toList();
    var same = types.stream().distinct().count() == 1;
    return IntStream.range(0, parts.size())
        .mapToObj(i -> {
          var part = parts.get(i);
          return new Part(
              part.type(),
              part.table(),
              part.columns(),
              part.condition().named("p" + i),
              types.isEmpty() ? part.key() : Optional.of(alike(part, same ? types.get(0) : "text")),
              part.keyValues());
        })
        .toList();
  }

  private static SortSql.Key alike(Part part, String type) {
    var sql =
        part.key()
            .map(k -> k.type().equals(type) ? k.sql() : "cast(" + k.sql() + " as text)")
            .orElse("cast(null as " + type + ")");
    var nullable = part.key().map(SortSql.Key::nullable).orElse(true);
    var collated = type.equals("text") ? "(" + sql + " collate \"C\")" : sql;
    return new SortSql.Key(collated, type, nullable);
  }
}
