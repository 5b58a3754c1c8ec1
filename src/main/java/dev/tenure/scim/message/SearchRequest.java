package dev.tenure.scim.message;

import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimType;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// What a query asks for (RFC 7644 §3.4.2, §3.4.3), within its limits: `startIndex` from 1, `count`
/// from 0 to the page limit. `filter` and `sortBy` are empty where they were not given.
public record SearchRequest(
    String filter,
    int startIndex,
    int count,
    List<String> attributes,
    List<String> excludedAttributes,
    String sortBy,
    boolean descending) {
  public static final String SCHEMA = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";
  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,40}");

  /// The page size without `count`, and the largest.
  public record PageSize(int usual, int largest) {}

  public SearchRequest {
    attributes = List.copyOf(attributes);
    excludedAttributes = List.copyOf(excludedAttributes);
  }

  /// From the query of a GET; unknown parameters are ignored (RFC 7644 §3.4.2). A number that is
  /// none is 400 `invalidValue`.
  public static SearchRequest ofQuery(Map<String, String> query, PageSize size) {
    return new SearchRequest(
        query.getOrDefault("filter", "").strip(),
        startIndex(query.getOrDefault("startIndex", "")),
        count(query.getOrDefault("count", ""), size),
        names(query.getOrDefault("attributes", "")),
        names(query.getOrDefault("excludedAttributes", "")),
        query.getOrDefault("sortBy", "").strip(),
        descending(query.getOrDefault("sortOrder", "")));
  }

  /// From the body of a POST to `.search`. A body that is no object is 400 `invalidSyntax`.
  public static SearchRequest read(JsonNode body, PageSize size) {
    if (!body.isObject()) {
      throw ScimException.bad(ScimType.invalidSyntax, "a search request is a JSON object");
    }
    return new SearchRequest(
        body.path("filter").asString("").strip(),
        startIndex(body.path("startIndex").asString("")),
        count(body.path("count").asString(""), size),
        list(body.path("attributes")),
        list(body.path("excludedAttributes")),
        body.path("sortBy").asString("").strip(),
        descending(body.path("sortOrder").asString("")));
  }

  private static int startIndex(String text) {
    return text.isBlank() ? 1 : number("startIndex", text, 1, Integer.MAX_VALUE);
  }

  private static int count(String text, PageSize size) {
    return text.isBlank() ? size.usual() : number("count", text, 0, size.largest());
  }

  /// Beyond its bounds a number counts as the bound (RFC 7644 §3.4.2.4).
  private static int number(String name, String text, int least, int most) {
    var stripped = text.strip();
    if (!INTEGER.matcher(stripped).matches()) {
      throw ScimException.bad(ScimType.invalidValue, name + " is not an integer");
    }
    var value = new BigInteger(stripped);
    return value.max(BigInteger.valueOf(least)).min(BigInteger.valueOf(most)).intValueExact();
  }

  private static boolean descending(String order) {
    if (order.isBlank() || order.strip().equalsIgnoreCase("ascending")) return false;
    if (order.strip().equalsIgnoreCase("descending")) return true;
    throw ScimException.bad(
        ScimType.invalidValue, "sortOrder is neither 'ascending' nor 'descending'");
  }

  private static List<String> names(String list) {
    return clean(Stream.of(list.split(",", -1)));
  }

  private static List<String> list(JsonNode array) {
    if (array.isString()) return names(array.stringValue());
    return clean(array.valueStream().map(v -> v.asString("")));
  }

  private static List<String> clean(Stream<String> names) {
    return names.map(String::strip).filter(n -> !n.isEmpty()).toList();
  }
}
