package dev.tenure.organization.genesys;

import dev.tenure.organization.store.Slice;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Pages by number, the first is 1: 25 entities unless asked otherwise, at most 500.
record Paging(int number, int size) {
  private static final int USUAL = 25;
  private static final int LARGEST = 500;
  private static final int NUMBER_MAX = 1_000_000;

  /// As the query has it; throws 400 for what is no page.
  static Paging of(PlatformCall call) {
    return new Paging(
        number(call.query("pageNumber").orElse("1"), "pageNumber", NUMBER_MAX),
        number(call.query("pageSize").orElse("" + USUAL), "pageSize", LARGEST));
  }

  /// As the body of a search has it.
  static Paging of(JsonNode body) {
    return new Paging(
        number(body.path("pageNumber").asString("1"), "pageNumber", NUMBER_MAX),
        number(body.path("pageSize").asString("" + USUAL), "pageSize", LARGEST));
  }

  private static int number(String text, String name, int most) {
    try {
      var number = Integer.parseInt(text);
      if (number >= 1 && number <= most) return number;
    } catch (NumberFormatException _) {
      // Answered below like a number that is out of range.
    }
    throw PlatformCall.bad(name + " must be from 1 to " + most);
  }

  Slice.At slice() {
    return new Slice.At((number - 1) * size, size);
  }

  /// The entities of this page out of a list that is there as a whole.
  <T> List<T> some(List<T> all) {
    var from = (int) Math.min(all.size(), (long) (number - 1) * size);
    return all.subList(from, Math.min(all.size(), from + size));
  }

  long pages(long total) {
    return Math.ceilDiv(total, (long) size);
  }

  /// The page with the addresses of its neighbours.
  ObjectNode render(PlatformCall call, long total, List<? extends JsonNode> entities) {
    var page = counted(total, entities);
    page.put("selfUri", address(call, number)).put("firstUri", address(call, 1));
    page.put("lastUri", address(call, Math.max(1, pages(total))));
    if (number < pages(total)) page.put("nextUri", address(call, number + 1));
    if (number > 1) page.put("previousUri", address(call, number - 1));
    return page;
  }

  /// The page without addresses.
  ObjectNode counted(long total, List<? extends JsonNode> entities) {
    var page = JsonNodeFactory.instance.objectNode();
    page.putArray("entities").addAll(entities);
    page.put("pageSize", size).put("pageNumber", number).put("total", total);
    return page.put("pageCount", pages(total));
  }

  private String address(PlatformCall call, long page) {
    var query = new ArrayList<String>();
    query.add("pageSize=" + size);
    query.add("pageNumber=" + page);
    call.request()
        .query()
        .values()
        .forEach((name, values) -> {
          if (name.equals("pageSize") || name.equals("pageNumber")) return;
          values.forEach(value -> query.add(encoded(name) + "=" + encoded(value)));
        });
    var path = "/" + String.join("/", call.request().head().path());
    return path + "?" + String.join("&", query);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
