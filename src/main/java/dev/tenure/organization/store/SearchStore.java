package dev.tenure.organization.store;

import dev.tenure.database.Database;
import dev.tenure.database.Prepared;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.store.ListSql.Segment;
import dev.tenure.scim.message.SortOrder;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Pages of resources, by number or beside a place. A page is one statement, two where it goes from
/// the resources with a value of the sort attribute over to those without.
public final class SearchStore {
  /// A page holds no more, so that neither large nor many resources fill the memory; but one
  /// resource at the least.
  private static final int PAGE_BYTES_MAX = 4 << 20;

  /// Of a group with more members, none is read with the page.
  private static final int MEMBERS_AT_ONCE = 1_000;

  /// So many are few.
  private static final int FEW = 10;

  /// A list that takes longer is refused.
  private static final int SECONDS_MAX = 20;

  private final Database database;
  private final Nesting nesting = new Nesting();

  public SearchStore(Database database) {
    this.database = database;
  }

  /// A resource of a list, and the name of its type.
  public record Found(String type, StoredResource resource) {}

  /// Some of all that match; `total` counts all. `before` and `after` are where the next pages in
  /// either direction are; they are not told for a page that was asked for by number.
  public record Page(long total, List<Found> found, Optional<Place> before, Optional<Place> after) {
    public Page {
      found = List.copyOf(found);
    }

    public List<StoredResource> resources() {
      return found.stream().map(Found::resource).toList();
    }
  }

  /// What is asked for. `members` matters for groups only; without it they are not read.
  public record Search(SortOrder order, Slice slice, String base, boolean members) {}

  /// Resources of one type in a list: those of the table that fulfil the condition. What the order
  /// means for them is up to the type.
  public record Kind(Table table, String type, FilterSql.Condition condition, SortOrder order) {}

  /// A page of the resources of these kinds in one list.
  public Page search(OrganizationId organization, Search search, List<Kind> kinds) {
    return nesting.read(
        organization,
        depth -> {
          var parts = kinds.stream().map(kind -> ListSql.Part.of(kind, depth)).toList();
          return few(organization, search, parts)
              .orElseGet(() -> page(organization, search, parts));
        },
        page -> page.found().stream().anyMatch(found -> found.resource().isNested()));
  }

  private Page page(OrganizationId organization, Search search, List<ListSql.Part> parts) {
    var sql = new ListSql(parts, search.order(), search.slice());
    var values = values(organization, search);
    values.putAll(sql.values());
    values.put("bytes", PAGE_BYTES_MAX);
    return database.on(connection -> {
      var reading = new Reading(connection, sql, values, new Rest());
      return switch (search.slice()) {
        case Slice.At at -> reading.numbered(at);
        case Slice.First _ -> reading.beside(search.slice());
        case Slice.Beside _ -> reading.beside(search.slice());
      };
    });
  }

  /// Where few are expected, they are read without being counted or measured, which is most of what
  /// such a page costs; absent where they are many after all.
  private Optional<Page> few(OrganizationId organization, Search search, List<ListSql.Part> parts) {
    if (parts.size() != 1 || !(search.slice() instanceof Slice.At(int offset, int count))) {
      return Optional.empty();
    }
    var part = parts.getFirst();
    var plain = offset == 0 && count > FEW && part.key().isEmpty();
    if (!plain || !part.condition().few()) return Optional.empty();
    var values = values(organization, search);
    values.putAll(part.condition().values());
    values.put("type", part.type());
    values.put("limit", FEW + 1);
    Prepared.Reader<Found> reader = row -> new Found(part.type(), Rows.resource(row));
    var found = database.on(c -> Prepared.of(ListSql.few(part)).query(c, values, reader));
    return found.size() > FEW
        ? Optional.empty()
        : Optional.of(new Page(found.size(), found, Optional.empty(), Optional.empty()));
  }

  private static Map<String, @Nullable Object> values(OrganizationId organization, Search search) {
    var values = Rows.of(organization);
    values.put("base", search.base());
    values.put("members", search.members());
    values.put("atOnce", MEMBERS_AT_ONCE);
    return values;
  }

  private record Row(Found found, @Nullable String key) {}

  /// What the statements tell beside their rows.
  private static final class Rest {
    private long total;
    private boolean cut;
  }

  private record Reading(
      Connection connection, ListSql sql, Map<String, @Nullable Object> values, Rest rest) {

    Page numbered(Slice.At at) {
      values.put("limit", at.count());
      values.put("offset", at.offset());
      var rows = rows(sql.statement(Segment.ALL, false, true));
      return new Page(
          rest.total, rows.stream().map(Row::found).toList(), Optional.empty(), Optional.empty());
    }

    /// One more row than asked for tells that there is more.
    Page beside(Slice slice) {
      values.put("offset", 0);
      slice.place().ifPresent(place -> values.put("key", place.key()));
      slice.place().ifPresent(place -> values.put("id", place.id()));
      if (slice instanceof Slice.Beside known) values.put("total", known.total());
      var rows = new ArrayList<Row>();
      var beside = slice.place().isPresent();
      for (var segment : sql.segments(slice.place())) {
        if (rest.cut || rows.size() > slice.count()) break;
        values.put("limit", slice.count() + 1 - rows.size());
        var counted = rows.isEmpty() && !values.containsKey("total");
        rows.addAll(rows(sql.statement(segment, beside, counted)));
        values.put("total", rest.total);
        beside = false;
      }
      return page(slice, rows);
    }

    private Page page(Slice slice, List<Row> rows) {
      var more = rest.cut || rows.size() > slice.count();
      var shown = rows.size() > slice.count() ? rows.subList(0, slice.count()) : rows;
      var inOrder = slice.isBackward() ? shown.reversed() : shown;
      var entered = slice.place().isPresent();
      var found = inOrder.stream().map(Row::found).toList();
      if (inOrder.isEmpty()) return new Page(rest.total, found, Optional.empty(), Optional.empty());
      var before = slice.isBackward() ? more : entered;
      var after = slice.isBackward() || more;
      return new Page(
          rest.total,
          found,
          before ? Optional.of(place(inOrder.getFirst(), true)) : Optional.empty(),
          after ? Optional.of(place(inOrder.getLast(), false)) : Optional.empty());
    }

    private static Place place(Row row, boolean backward) {
      return new Place(row.key(), row.found().resource().id(), backward);
    }

    private List<Row> rows(String statement) {
      var rows = new ArrayList<Row>();
      Prepared.Reader<Integer> reader =
          row -> {
            rest.total = row.getLong("total");
            if (row.getString("id") != null) {
              var resource = new Found(row.getString("type"), Rows.resource(row));
              rows.add(new Row(resource, row.getString("key")));
            }
            return row.getInt("found");
          };
      var prepared = sql.isPlain() ? Prepared.ofOnePlan(statement) : Prepared.of(statement);
      prepared.query(connection, values, reader, SECONDS_MAX).stream()
          .findFirst()
          .ifPresent(found -> rest.cut = found > rows.size());
      return rows;
    }
  }
}
