package dev.tenure.source.scim;

import dev.tenure.remote.Answers;
import dev.tenure.remote.Patient;
import dev.tenure.remote.Reply;
import dev.tenure.remote.Reply.Answer;
import dev.tenure.remote.Wire;
import dev.tenure.source.CompactKeys;
import dev.tenure.source.scim.ScimProblems.Broken;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Reads lists of resources to their end, page by page (RFC 7644 §3.4.2.4, RFC 9865 §2), and says
/// so where the pages do not add up.
final class ScimPages {
  private final Patient server;
  private final ScimProblems problems;
  private final int size;
  private final boolean byCursor;

  ScimPages(Patient server, ScimProblems problems, int size, boolean byCursor) {
    this.server = server;
    this.problems = problems;
    this.size = size;
    this.byCursor = byCursor;
  }

  /// What is done with a resource.
  @FunctionalInterface
  interface Taker {
    void take(JsonNode resource) throws Broken;
  }

  /// A list under way: which resources came, and what the server says how many there are.
  private final class Count {
    private final CompactKeys seen = new CompactKeys();
    private long total = -1;

    /// A total that changes means that somebody came or went, and so may be on no page.
    void total(JsonNode page, boolean required) throws Broken {
      var now = Members.get(page, "totalResults");
      if (!now.isIntegralNumber()) {
        if (required) throw problems.incomplete("an answer is no list with a total");
        return;
      }
      if (total >= 0 && now.longValue() != total) {
        throw problems.incomplete("the total was " + total + " and is " + now.longValue());
      }
      total = now.longValue();
    }

    void take(JsonNode resource, Taker taker) throws Broken {
      var id = id(resource);
      if (!seen.add(id)) throw problems.incomplete("'" + id + "' came twice");
      taker.take(resource);
    }

    void end() throws Broken {
      if (total < 0 || seen.size() == total) return;
      throw problems.incomplete(seen.size() + " came, " + total + " are there");
    }
  }

  /// All resources at this path, such as `/Users`; `query` is encoded and may be empty. How many
  /// came.
  long each(String path, String query, Taker taker) throws Broken {
    return byCursor ? eachByCursor(path, query, taker) : eachByIndex(path, query, taker);
  }

  /// Each page begins with the last resource of the page before: where it does not, the list has
  /// moved under our feet, and somebody may be on no page.
  private long eachByIndex(String path, String query, Taker taker) throws Broken {
    var count = new Count();
    var last = "";
    while (true) {
      int given = count.seen.size();
      int start = last.isEmpty() ? given + 1 : given;
      var page = page(path, query, "startIndex=%d&count=%d".formatted(start, size));
      count.total(page, true);
      requireStart(page, start);
      var resources = resources(page);
      if (!last.isEmpty()) resources = behind(last, resources);
      for (var resource : resources) count.take(resource, taker);
      if (count.seen.size() >= count.total) break;
      if (resources.isEmpty()) break;
      // A page of one could only repeat itself.
      last = resources.size() > 1 ? id(resources.getLast()) : "";
    }
    count.end();
    return count.seen.size();
  }

  private void requireStart(JsonNode page, int start) throws Broken {
    var told = Members.get(page, "startIndex");
    if (told.isIntegralNumber() && told.longValue() != start) {
      throw problems.incomplete("a page starts at " + told.longValue() + ", not at " + start);
    }
  }

  private List<JsonNode> behind(String last, List<JsonNode> resources) throws Broken {
    if (resources.isEmpty() || !id(resources.getFirst()).equals(last)) {
      throw problems.incomplete("a page does not go on where the one before ended");
    }
    return resources.subList(1, resources.size());
  }

  private long eachByCursor(String path, String query, Taker taker) throws Broken {
    var count = new Count();
    var cursors = new CompactKeys();
    var cursor = "";
    do {
      if (!cursors.add(cursor)) throw problems.incomplete("the server gave a cursor twice");
      var page = page(path, query, "cursor=%s&count=%d".formatted(Wire.encoded(cursor), size));
      count.total(page, false);
      for (var resource : resources(page)) count.take(resource, taker);
      cursor = Members.text(page, "nextCursor");
    } while (!cursor.isEmpty());
    count.end();
    return count.seen.size();
  }

  private String id(JsonNode resource) throws Broken {
    var id = Members.text(resource, "id");
    if (id.isEmpty()) throw problems.incomplete("a resource has no id");
    return id;
  }

  private List<JsonNode> resources(JsonNode page) throws Broken {
    var resources = Members.get(page, "Resources");
    if (resources.isArray()) return resources.valueStream().toList();
    // RFC 7644 §3.4.2: without results the member may be missing.
    if (resources.isMissingNode() || resources.isNull()) return List.of();
    throw problems.incomplete("an answer is no list");
  }

  private JsonNode page(String path, String query, String place) throws Broken {
    return get(path + "?" + (query.isEmpty() ? "" : query + "&") + place);
  }

  /// One document. Throws where it cannot be had; a list is broken off then.
  JsonNode get(String pathAndQuery) throws Broken {
    return switch (server.get(pathAndQuery)) {
      case Reply.NotSent(var why) -> throw problems.unreachable(why);
      case Reply.NoAnswer(var why) -> throw problems.cut(why);
      case Answer answer when answer.isSuccess() -> document(answer);
      case Answer answer -> throw problems.unread(answer);
    };
  }

  private JsonNode document(Answer answer) throws Broken {
    var json = Answers.json(answer);
    if (json.isObject()) return json;
    throw problems.incomplete("an answer is no JSON object");
  }
}
