package dev.tenure.cli.bench;

import dev.tenure.cli.bench.store.Population;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.IntFunction;
import tools.jackson.databind.json.JsonMapper;

/// The requests that are measured, to an organization with users of the numbers 1 to `users`.
record ScimWork(int port, String organization, String token, int users) {
  private static final String ENTERPRISE =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
  private static final int PAGE = 100;

  Work get() {
    return work("GET by id", n -> get("/Users/" + Population.id(user(n))));
  }

  Work bareGet(int barePort) {
    return new Work(
        "bare SELECT", barePort, n -> Wire.request("GET", "/" + Population.id(user(n)), "", ""));
  }

  Work eq(String attribute) {
    return work(
        "filter " + attribute + " eq",
        n -> {
          var value =
              attribute.equals("userName")
                  ? "user%07d@example.com".formatted(user(n))
                  : "E" + user(n);
          return get(query(attribute + " eq \"" + value + "\""));
        });
  }

  Work create() {
    return work(
        "POST user",
        n -> Wire.request("POST", target("/Users"), token, body(UUID.randomUUID() + "-" + n)));
  }

  Work bareInsert(int barePort) {
    return new Work(
        "bare INSERT",
        barePort,
        n -> Wire.request("POST", "/" + UUID.randomUUID(), "", body(UUID.randomUUID() + "-" + n)));
  }

  Work active() {
    return work(
        "PATCH active",
        n ->
            Wire.request(
                "PATCH",
                target("/Users/" + Population.id(user(n))),
                token,
                """
                {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [
                  {"op": "replace", "path": "active", "value": %s}]}\
                """
                    .formatted(n / users % 2 == 1)));
  }

  Work bareUpdate(int barePort) {
    return new Work(
        "bare UPDATE",
        barePort,
        n -> Wire.request("PUT", "/" + Population.id(user(n)), "", body("again-" + n)));
  }

  Work page(String name, String parameters) {
    return work(name, _ -> get("/Users?count=" + PAGE + "&" + parameters));
  }

  Work filter(String name, String filter) {
    return work(name, n -> get(query(filter.replace("@", String.valueOf(n % 50)))));
  }

  /// One user more and one less in turns.
  Work member(String name, UUID group, UUID user) {
    var target = target("/Groups/" + group + "?excludedAttributes=members");
    var add = patch("{'op': 'add', 'path': 'members', 'value': [{'value': '%s'}]}", user);
    var remove = patch("{'op': 'remove', 'path': 'members[value eq \\'%s\\']'}", user);
    return work(name, n -> Wire.request("PATCH", target, token, n % 2 == 0 ? add : remove));
  }

  Work group(String name, UUID group, String parameters) {
    return work(name, _ -> get("/Groups/" + group + parameters));
  }

  /// The cursor of the last page of all users.
  String lastCursor() throws IOException {
    var cursor = "";
    try (var wire = new Wire(port)) {
      for (int i = 0; i < (users + PAGE - 1) / PAGE - 1; i++) cursor = next(wire, PAGE, cursor);
    }
    return cursor;
  }

  /// Lists all users in large pages; gives how many there were.
  int list(int pageSize, Runnable afterEach) throws IOException {
    int all = 0;
    var mapper = JsonMapper.shared();
    try (var wire = new Wire(port)) {
      for (String cursor = ""; cursor != null; ) {
        var page = mapper.readTree(wire.exchange(get(cursorQuery(pageSize, cursor))));
        all += page.path("Resources").size();
        cursor = page.path("nextCursor").isString() ? page.path("nextCursor").asString() : null;
        afterEach.run();
      }
    }
    return all;
  }

  private String next(Wire wire, int pageSize, String cursor) throws IOException {
    var page = wire.exchange(get(cursorQuery(pageSize, cursor)));
    return JsonMapper.shared().readTree(page).path("nextCursor").asString();
  }

  private static String cursorQuery(int pageSize, String cursor) {
    return "/Users?count=" + pageSize + "&cursor=" + cursor;
  }

  private static String patch(String operation, UUID user) {
    return "{\"schemas\": [\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"], \"Operations\": ["
        + operation.formatted(user).replace('\'', '"')
        + "]}";
  }

  private static String body(String name) {
    return """
    {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", "%1$s"],
     "userName": "%2$s@example.com", "externalId": "X%2$s", "active": true,
     "displayName": "Name %2$s", "title": "Agent",
     "name": {"givenName": "Name", "familyName": "%2$s"},
     "emails": [{"value": "%2$s@example.com", "type": "work", "primary": true}],
     "phoneNumbers": [{"value": "+49 30 1234567", "type": "work"}],
     "%1$s": {"employeeNumber": "%2$s", "division": "Sales", "department": "Department 7"}}\
    """
        .formatted(ENTERPRISE, name);
  }

  /// Locks out the user of this number.
  byte[] deactivate(int number) {
    return Wire.request(
        "PATCH",
        target("/Users/" + Population.id(number)),
        token,
        """
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [
          {"op": "replace", "path": "active", "value": false}]}\
        """);
  }

  /// Whoever has the name of the user of this number.
  byte[] named(int number) {
    return get(query("userName eq \"user%07d@example.com\"".formatted(number)));
  }

  /// Spread over all users, so that neighbours in time are none in the index.
  private int user(int n) {
    return (int) (n * 7_919L % users) + 1;
  }

  private Work work(String name, IntFunction<byte[]> request) {
    return new Work(name, port, request);
  }

  private byte[] get(String path) {
    return Wire.request("GET", target(path), token, "");
  }

  private String target(String path) {
    return "/" + organization + "/scim/v2" + path;
  }

  private static String query(String filter) {
    return "/Users?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8);
  }
}
