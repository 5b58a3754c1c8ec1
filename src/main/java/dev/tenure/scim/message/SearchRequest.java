package dev.tenure.scim.message;

import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimType;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// What a query asks for (RFC 7644 §3.4.2, §3.4.3; RFC 9865 §2), within its limits: `startIndex`
/// from 1, `count` from 0 to the page limit. `filter` and `sortBy` are empty where they were not
/// given. `cursor` is present where pages are asked for by cursor; the first page's is empty.
public record SearchRequest(
    String filter,
    int startIndex,
    int count,
    List<String> attributes,
    List<String> excludedAttributes,
    String sortBy,
    boolean descending,
    Optional<String> cursor) {
  public static final String SCHEMA = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";
  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,40}");

  /// The page size without `count`, and the largest.
  public record PageSize(int usual, int largest) {}

  public SearchRequest {
    attributes = List.copyOf(attributes);
    excludedAttributes = List.copyOf(excludedAttributes);
  }

  /// From the query of a GET; unknown parameters are ignored (RFC 7644 §3.4.2). A number that is
  /// none is 400 `invalidValue`; with a cursor, a `count` below 1 is 400 `invalidCount`, and a
  /// `startIndex` beside it 400 `invalidValue`.
  public static SearchRequest ofQuery(Map<String, String> query, PageSize size) {
    return new Reader(name -> Optional.ofNullable(query.get(name)), size).read();
  }

  /// From the body of a POST to `.search`, errors as [#ofQuery]. A body that is no object is 400
  /// `invalidSyntax`, a member of a wrong type 400 `invalidValue`.
  public static SearchRequest read(JsonNode body, PageSize size) {
    if (!body.isObject()) {
      throw ScimException.bad(ScimType.invalidSyntax, "a search request is a JSON object");
    }
    return new Reader(name -> member(body, name), size).read();
  }

  /// Reads parameters that are text, whatever they came in.
  private record Reader(Parameters given, PageSize size) {
    SearchRequest read() {
      var cursor = given.find("cursor").map(String::strip);
      var startIndex = text("startIndex");
      if (cursor.isPresent() && !startIndex.isEmpty()) {
        throw ScimException.bad(
            ScimType.invalidValue, "'cursor' and 'startIndex' exclude each other");
      }
      return new SearchRequest(
          text("filter"),
          startIndex.isEmpty() ? 1 : number("startIndex", startIndex, 1, Integer.MAX_VALUE),
          count(cursor.isPresent()),
          names("attributes"),
          names("excludedAttributes"),
          text("sortBy"),
          descending(text("sortOrder")),
          cursor);
    }

    private int count(boolean byCursor) {
      var text = text("count");
      if (text.isEmpty()) return size.usual();
      var count = number("count", text, 0, size.largest());
      if (count > 0 || !byCursor) return count;
      throw ScimException.bad(
          ScimType.invalidCount, "count must be from 1 to " + size.largest() + " with a cursor");
    }

    private String text(String name) {
      return given.find(name).orElse("").strip();
    }

    private List<String> names(String name) {
      var text = text(name);
      if (text.isEmpty()) return List.of();
      return Stream.of(text.split(",", -1)).map(String::strip).filter(n -> !n.isEmpty()).toList();
    }
  }

  private interface Parameters {
    Optional<String> find(String name);
  }

  /// Names are compared in any letter case, lists are joined: none of their names has a comma.
  private static Optional<String> member(JsonNode body, String name) {
    return body.propertyStream()
        .filter(m -> m.getKey().equalsIgnoreCase(name) && !m.getValue().isNull())
        .findFirst()
        .map(m -> text(name, m.getValue()));
  }

  private static String text(String name, JsonNode value) {
    if (value.isString() || value.isNumber()) return value.asString();
    var listed = name.equals("attributes") || name.equals("excludedAttributes");
    if (listed && value.isArray() && value.valueStream().allMatch(JsonNode::isString)) {
      return String.join(",", value.valueStream().map(JsonNode::stringValue).toList());
    }
    throw ScimException.bad(
        ScimType.invalidValue,
        "'" + name + "' must be " + (listed ? "a list of names" : "text or a number"));
  }

  /// Beyond its bounds a number counts as the bound (RFC 7644 §3.4.2.4).
  private static int number(String name, String text, int least, int most) {
    if (!INTEGER.matcher(text).matches()) {
      throw ScimException.bad(ScimType.invalidValue, name + " is not an integer");
    }
    var value = new BigInteger(text);
    return value.max(BigInteger.valueOf(least)).min(BigInteger.valueOf(most)).intValueExact();
  }

  private static boolean descending(String order) {
    if (order.isEmpty() || order.equalsIgnoreCase("ascending")) return false;
    if (order.equalsIgnoreCase("descending")) return true;
    throw ScimException.bad(
        ScimType.invalidValue, "sortOrder is neither 'ascending' nor 'descending'");
  }
}
