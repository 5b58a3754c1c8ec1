package dev.tenure.signal.http;

import static dev.tenure.signal.EventType.CREATE_FULL;
import static dev.tenure.signal.EventType.DELETE;
import static dev.tenure.signal.EventType.PATCH_FULL;
import static dev.tenure.signal.EventType.PUT_FULL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer;
import dev.tenure.organization.TestServer.Calls;
import dev.tenure.scim.Reading;
import dev.tenure.scim.Resource;
import dev.tenure.scim.message.PatchRequest;
import dev.tenure.scim.patch.Patch;
import dev.tenure.scim.schema.ResourceType;
import dev.tenure.scim.schema.Schemas;
import dev.tenure.signal.Received;
import dev.tenure.signal.SignalWorld;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A receiver that does what the full SCIM events tell has what the organization has (RFC 9967
/// A.1).
class ReplicaLawTest {
  private static final int STEPS = 100;
  private static final String EXTENSION =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
  private final Map<String, ObjectNode> replica = new HashMap<>();
  private final List<String> users = new ArrayList<>();
  private final List<String> groups = new ArrayList<>();

  @Test
  void aReplicaIsTheSame() {
    long seed = Long.getLong("law.seed", 20_261_124L);
    var random = new Random(seed);
    try (var world = new SignalWorld()) {
      var api = world.receiver(TestServer.ACME);
      var stream = api.polled(CREATE_FULL, PATCH_FULL, PUT_FULL, DELETE);
      for (int i = 0; i < STEPS; i++) step(world.acme(), random, i);
      Polls.all(api, stream).forEach(this::take);
      users.forEach(id -> requireSame(world.acme(), "/Users/" + id, seed));
      groups.forEach(id -> requireSame(world.acme(), "/Groups/" + id, seed));
      assertThat(replica).as("law.seed=%d", seed).hasSize(users.size() + groups.size());
    }
  }

  private void step(Calls acme, Random random, int number) {
    switch (users.isEmpty() ? 0 : random.nextInt(12)) {
      case 0, 1 ->
          users.add(
              acme.post("/Users", "{\"userName\": \"u" + number + "\", \"title\": \"x\"}").id());
      case 2 ->
          groups.add(
              acme.post(
                      "/Groups",
                      "{\"displayName\": \"g%d\", \"members\": [%s]}"
                          .formatted(number, member(one(users, random))))
                  .id());
      case 3 -> acme.put("/Users/" + one(users, random), "{\"userName\": \"p" + number + "\"}");
      case 4 -> {
        if (random.nextInt(3) == 0) acme.delete("/Users/" + removed(users, random));
      }
      case 5 -> {
        if (groups.size() > 2) acme.delete("/Groups/" + removed(groups, random));
      }
      case 6, 7, 8 -> change(acme, random, number);
      default -> regroup(acme, random, number);
    }
  }

  private void change(Calls acme, Random random, int number) {
    var user = "/Users/" + one(users, random);
    switch (random.nextInt(6)) {
      case 0 -> acme.change(user, replace("title", "\"t" + number + "\""));
      case 1 -> acme.change(user, "{\"op\": \"remove\", \"path\": \"title\"}");
      case 2 -> acme.change(user, replace("name", "{\"givenName\": \"n" + number + "\"}"));
      case 3 ->
          acme.change(
              user,
              "{\"op\": \"remove\", \"path\": \"name.givenName\"}",
              replace("name.familyName", "\"f" + number + "\""));
      case 4 ->
          acme.change(
              user,
              replace(EXTENSION + ":department", "\"d" + number % 3 + "\""),
              replace("emails", "[{\"value\": \"e" + number + "@x\", \"type\": \"work\"}]"));
      default -> acme.change(user, replace("active", number % 2 == 0 ? "true" : "false"));
    }
  }

  private static String replace(String path, String value) {
    return "{\"op\": \"replace\", \"path\": \"%s\", \"value\": %s}".formatted(path, value);
  }

  private void regroup(Calls acme, Random random, int number) {
    if (groups.isEmpty()) return;
    var group = "/Groups/" + one(groups, random);
    var user = one(users, random);
    switch (random.nextInt(4)) {
      case 0 ->
          acme.change(
              group,
              "{\"op\": \"remove\", \"path\": \"members[value eq \\\"%s\\\"]\"}".formatted(user));
      case 1 ->
          acme.put(
              group,
              "{\"displayName\": \"h%d\", \"members\": [%s]}".formatted(number, member(user)));
      default ->
          acme.change(
              group,
              "{\"op\": \"add\", \"path\": \"members\", \"value\": [%s, %s]}"
                  .formatted(member(user), member(one(users, random))));
    }
  }

  private static String member(String id) {
    return "{\"value\": \"" + id + "\"}";
  }

  private static String one(List<String> ids, Random random) {
    return ids.get(random.nextInt(ids.size()));
  }

  private static String removed(List<String> ids, Random random) {
    return ids.remove(random.nextInt(ids.size()));
  }

  private void take(Received token) {
    var uri = token.subject().path("uri").asString("");
    var data = token.event().path("data");
    switch (token.type()) {
      case CREATE_FULL, PUT_FULL -> replica.put(uri, (ObjectNode) data);
      case PATCH_FULL -> replica.put(uri, patched(uri, data));
      case DELETE -> assertThat(replica.remove(uri)).as(uri).isNotNull();
      default -> throw new AssertionError(token.type());
    }
  }

  private ObjectNode patched(String uri, JsonNode data) {
    var type = type(uri);
    var operations = PatchRequest.read(data, type, Reading.STRICT);
    var before = java.util.Objects.requireNonNull(replica.get(uri), uri);
    return Patch.apply(Resource.of(before), operations, type, Reading.STRICT).json();
  }

  private static ResourceType type(String uri) {
    var schemas = Schemas.standard();
    return uri.startsWith("/Users") ? schemas.user() : schemas.group();
  }

  private void requireSame(Calls acme, String uri, long seed) {
    var theirs = (ObjectNode) acme.get(uri).json();
    var ours = java.util.Objects.requireNonNull(replica.get(uri), uri).deepCopy();
    assertThat(members(ours)).as("law.seed=%d, %s", seed, uri).isEqualTo(members(theirs));
    for (var derived : List.of("meta", "groups", "members", "schemas")) {
      theirs.remove(derived);
      ours.remove(derived);
    }
    assertThat(ours).as("law.seed=%d, %s", seed, uri).isEqualTo(theirs);
  }

  private static Set<String> members(ObjectNode group) {
    var ids = new HashSet<String>();
    group.path("members").forEach(member -> ids.add(member.path("value").asString("")));
    return ids;
  }
}
