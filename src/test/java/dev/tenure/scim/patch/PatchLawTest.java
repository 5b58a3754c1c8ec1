package dev.tenure.scim.patch;

import static dev.tenure.scim.Samples.USER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.scim.Law;
import dev.tenure.scim.Reading;
import dev.tenure.scim.Resource;
import dev.tenure.scim.Samples;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.ScimType;
import dev.tenure.scim.message.PatchRequest;
import dev.tenure.scim.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

class PatchLawTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> PIECES =
      List.of(
          "userName",
          "emails",
          "[",
          "]",
          "type eq \"a\"",
          ".value",
          ".",
          "name",
          ":",
          "pr",
          "\"",
          Schema.ENTERPRISE,
          "members",
          "$ref",
          "(",
          "not");

  @Test
  void whatIsRenderedIsReadAsTheSameOperations() {
    Law.holds(random -> {
      var operations = List.of(any(random), any(random), removal(random));
      for (var reading : Reading.values()) {
        var body = ScimJson.read(ScimJson.write(PatchRequest.render(operations)));
        assertThat(PatchRequest.read(body, USER, reading)).isEqualTo(operations);
      }
    });
  }

  @Test
  void applyingTheSameTwiceIsApplyingItOnce() {
    Law.holds(random -> {
      var operations = List.of(any(random));
      var user = Samples.anyUser(random);
      var once = tolerant(user, operations);
      if (once.isEmpty()) return; // refused: two values of one type would both be primary
      assertThat(tolerant(once.orElseThrow(), operations))
          .as(operations + " on " + user)
          .isEqualTo(once);
    });
  }

  @Test
  void thereAreNeverTwoPrimariesAndSchemasAreThoseOfTheResource() {
    Law.holds(random -> {
      var user = Samples.anyUser(random);
      for (var i = 0; i < 6; i++) {
        user = tried(user, random.nextInt(4) == 0 ? removal(random) : any(random), random);
        var emails = user.view().path("emails").valueStream();
        assertThat(emails.filter(e -> e.path("primary").asBoolean(false)).count())
            .isLessThanOrEqualTo(1);
        assertThat(user.view().path("schemas").valueStream().map(JsonNode::asString))
            .contains(Schema.USER)
            .hasSize(user.get(Schema.ENTERPRISE).isPresent() ? 2 : 1);
      }
    });
  }

  @Test
  void garbageIsRefusedAndNothingElseHappens() {
    Law.holds(random -> {
      for (var i = 0; i < 20; i++) garbage(random);
    });
  }

  private static void garbage(RandomGenerator random) {
    var operation = JSON.objectNode().put("op", random.nextBoolean() ? "add" : "replace");
    if (random.nextInt(4) > 0) operation.put("path", Samples.garbage(random, PIECES));
    operation.set("value", anything(random, 3));
    var body = JSON.objectNode();
    body.putArray("schemas").add(PatchRequest.SCHEMA);
    body.putArray("Operations").add(operation);
    var reading = Samples.oneOf(random, Reading.values());
    try {
      Patch.apply(Samples.mara(), PatchRequest.read(body, USER, reading), USER, reading);
    } catch (ScimException e) {
      assertThat(e.status()).isIn(400, 403);
    }
  }

  private static JsonNode anything(RandomGenerator random, int depth) {
    return switch (random.nextInt(depth == 0 ? 4 : 6)) {
      case 0 -> NullNode.instance;
      case 1 -> StringNode.valueOf(Samples.text(random));
      case 2 -> BooleanNode.valueOf(random.nextBoolean());
      case 3 -> JSON.numberNode(random.nextDouble());
      case 4 -> JSON.arrayNode().add(anything(random, depth - 1)).add(anything(random, depth - 1));
      default -> {
        var object = JSON.objectNode();
        for (var i = 0; i < 3; i++) {
          object.set(Samples.garbage(random, PIECES).strip(), anything(random, depth - 1));
        }
        yield object.set("emails", anything(random, depth - 1));
      }
    };
  }

  private static Optional<Resource> tolerant(Resource user, List<PatchOperation> operations) {
    try {
      return Optional.of(Patch.apply(user, operations, USER, Reading.TOLERANT));
    } catch (ScimException e) {
      assertThat(e.type()).contains(ScimType.invalidValue);
      return Optional.empty();
    }
  }

  private static Resource tried(Resource user, PatchOperation operation, RandomGenerator random) {
    try {
      var reading = Samples.oneOf(random, Reading.values());
      return Patch.apply(user, List.of(operation), USER, reading);
    } catch (ScimException e) {
      return user;
    }
  }

  private static PatchOperation removal(RandomGenerator random) {
    var path = path(List.of("title", "emails", "name.givenName", Schema.ENTERPRISE), random);
    return new PatchOperation.Remove(path, NullNode.instance);
  }

  private static PatchOperation any(RandomGenerator random) {
    var path =
        path(
            List.of(
                "title",
                "name.givenName",
                Schema.ENTERPRISE + ":department",
                "emails",
                "emails[type eq \"work\"]",
                "emails[type eq \"work\"].value",
                "emails[type eq \"x\" and primary eq true].display"),
            random);
    var value = value(path, random);
    return random.nextBoolean()
        ? new PatchOperation.Add(path, value)
        : new PatchOperation.Replace(path, value);
  }

  private static PatchPath path(List<String> paths, RandomGenerator random) {
    return PathParser.parse(paths.get(random.nextInt(paths.size())), USER, Reading.STRICT);
  }

  private static JsonNode value(PatchPath path, RandomGenerator random) {
    if (!path.leaf().name().equals("emails")) return StringNode.valueOf(Samples.text(random));
    if (path.values().isPresent()) return email(random, "work", random.nextBoolean());
    var list = new ArrayList<JsonNode>();
    var primary = random.nextInt(4);
    for (var i = 0; i <= random.nextInt(3); i++) {
      var email = email(random, Samples.kind(random), i == primary);
      if (list.stream().noneMatch(e -> isSame(e, email))) list.add(email);
    }
    return JSON.arrayNode().addAll(list);
  }

  /// Such as are one value when they are read.
  private static boolean isSame(JsonNode one, JsonNode other) {
    return Stream.of("value", "type")
        .allMatch(part -> one.path(part).asString().equalsIgnoreCase(other.path(part).asString()));
  }

  private static ObjectNode email(RandomGenerator random, String type, boolean primary) {
    var email = JSON.objectNode().put("value", Samples.text(random)).put("type", type);
    return primary ? email.put("primary", true) : email;
  }
}
