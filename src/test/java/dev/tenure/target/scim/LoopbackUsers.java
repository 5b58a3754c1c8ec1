package dev.tenure.target.scim;

import dev.tenure.scim.Reading;
import dev.tenure.scim.Resource;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.ScimType;
import dev.tenure.scim.filter.FilterEvaluator;
import dev.tenure.scim.filter.FilterParser;
import dev.tenure.scim.message.BulkRequest;
import dev.tenure.scim.message.BulkResponse;
import dev.tenure.scim.message.ErrorMessage;
import dev.tenure.scim.message.ListResponse;
import dev.tenure.scim.message.PatchRequest;
import dev.tenure.scim.message.ResourceReader;
import dev.tenure.scim.patch.Patch;
import dev.tenure.scim.schema.ResourceType;
import dev.tenure.scim.schema.Schemas;
import dev.tenure.target.Account;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The users of a SCIM server in memory, at `/Users` and at `/People`.
final class LoopbackUsers {
  static final ResourceType USER = Schemas.standard().user();

  private final Map<String, Resource> users = new TreeMap<>();
  private final boolean genesys;
  private final boolean poor;
  private final boolean tellsAll;
  private int versions;
  private int ids;

  record Answer(int status, String body) {}

  /// `GENESYS`: lists without a filter show active users only, and a stale If-Match is 400
  /// `invalidVers`. `POOR`: it knows neither PATCH nor filters. `TELLING`: an answer to Bulk has
  /// what became of the users, where others leave that out.
  enum Kind {
    PLAIN,
    GENESYS,
    POOR,
    TELLING
  }

  LoopbackUsers(Kind kind) {
    this.genesys = kind == Kind.GENESYS;
    this.poor = kind == Kind.POOR;
    this.tellsAll = kind == Kind.TELLING;
  }

  /// A list of these users.
  static String list(List<Account> users) {
    var resources = users.stream().map(a -> a.resource().json()).toList();
    return ScimJson.write(ListResponse.render(resources.size(), 1, resources));
  }

  static Answer error(ScimException e) {
    return new Answer(e.status(), ScimJson.write(ErrorMessage.render(e)));
  }

  synchronized Answer answer(String method, URI uri, @Nullable String ifMatch, String body) {
    if (uri.getPath().endsWith("/Bulk")) return bulk(ScimJson.read(body));
    var id = uri.getPath().replaceFirst(".*/(Users|People)/?", "");
    return switch (method) {
      case "GET" -> id.isEmpty() ? list(query(uri)) : new Answer(200, text(known(id)));
      case "POST" -> {
        var user = ResourceReader.read(ScimJson.read(body), USER, Reading.STRICT);
        yield new Answer(201, text(put("id " + ++ids, user)));
      }
      case "PUT" -> {
        requireVersion(known(id), ifMatch);
        var user = ResourceReader.read(ScimJson.read(body), USER, Reading.STRICT);
        yield new Answer(200, text(put(id, user)));
      }
      case "PATCH" -> {
        if (poor) throw new ScimException(501, null, "no PATCH here");
        requireVersion(known(id), ifMatch);
        var operations = PatchRequest.read(ScimJson.read(body), USER, Reading.STRICT);
        yield new Answer(
            200, text(put(id, Patch.apply(known(id), operations, USER, Reading.STRICT))));
      }
      case "DELETE" -> {
        requireVersion(known(id), ifMatch);
        users.remove(id);
        yield new Answer(204, "");
      }
      default -> new Answer(405, "");
    };
  }

  private Answer bulk(JsonNode body) {
    var results =
        BulkRequest.read(body, 100).operations().stream()
            .map(operation -> result(operation))
            .toList();
    return new Answer(200, ScimJson.write(BulkResponse.render(results)));
  }

  private BulkResponse.Result result(BulkRequest.Operation operation) {
    try {
      var path = URI.create("/scim/v2" + operation.path());
      var version = operation.version().orElse(null);
      var data = ScimJson.write(operation.data());
      var answer = answer(operation.method(), path, version, data);
      var user = ScimJson.read(answer.body());
      var result =
          BulkResponse.Result.of(
              operation,
              answer.status(),
              Optional.of(user.path("meta").path("version").asString("")),
              Optional.of("https://here/Users/" + encoded(user.path("id").asString(""))));
      return tellsAll ? result.told(user) : result;
    } catch (ScimException e) {
      return BulkResponse.Result.failed(operation, Optional.empty(), e);
    }
  }

  private static String encoded(String id) {
    return id.replace(" ", "%20");
  }

  private Resource known(String id) {
    var user = users.get(id);
    if (user == null) throw new ScimException(404, null, "no user " + id);
    return user;
  }

  private Resource put(String id, Resource user) {
    for (var other : users.values()) {
      if (!other.text("id").orElseThrow().equals(id)
          && other.text("userName").equals(user.text("userName"))) {
        throw new ScimException(409, ScimType.uniqueness, "userName is taken");
      }
    }
    var json = user.json().put("id", id);
    json.putObject("meta").put("version", "W/\"" + ++versions + "\"");
    users.put(id, Resource.of(json));
    return users.get(id);
  }

  private void requireVersion(Resource user, @Nullable String ifMatch) {
    var version = user.view().path("meta").path("version").asString();
    if (ifMatch == null || ifMatch.equals(version)) return;
    if (genesys) throw new ScimException(400, ScimType.invalidVers, "version mismatch");
    throw new ScimException(412, null, "version mismatch");
  }

  private Answer list(Map<String, String> query) {
    var filter = query.getOrDefault("filter", genesys ? "active eq true" : "userName pr");
    if (poor && query.containsKey("filter")) {
      throw new ScimException(400, ScimType.invalidFilter, "no filters here");
    }
    var tree = FilterParser.parse(filter, USER, Reading.STRICT);
    var hits = users.values().stream().filter(u -> FilterEvaluator.matches(tree, u)).toList();
    var start = Integer.parseInt(query.getOrDefault("startIndex", "1"));
    List<ObjectNode> page =
        hits.stream()
            .skip(start - 1L)
            .limit(Integer.parseInt(query.getOrDefault("count", "25")))
            .map(Resource::json)
            .toList();
    return new Answer(200, ScimJson.write(ListResponse.render(hits.size(), start, page)));
  }

  private static Map<String, String> query(URI uri) {
    var query = new HashMap<String, String>();
    if (uri.getRawQuery() == null) return query;
    for (var pair : uri.getRawQuery().split("&", -1)) {
      var cut = pair.indexOf('=');
      query.put(
          pair.substring(0, cut),
          URLDecoder.decode(pair.substring(cut + 1), StandardCharsets.UTF_8));
    }
    return query;
  }

  private static String text(Resource user) {
    return user.toString();
  }
}
