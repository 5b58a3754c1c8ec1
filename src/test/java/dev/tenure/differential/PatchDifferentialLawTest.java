package dev.tenure.differential;

import static dev.tenure.scim.Samples.USER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.scim.Law;
import dev.tenure.scim.Reading;
import dev.tenure.scim.Resource;
import dev.tenure.scim.Samples;
import dev.tenure.scim.message.PatchRequest;
import dev.tenure.scim.patch.Patch;
import dev.tenure.scim.schema.Schema;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Random PATCH requests on random users: ours, UnboundID's and Captain-P-Goldfish's result is the
/// same.
class PatchDifferentialLawTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> TEXTS =
      List.of("title", "name.givenName", "nickName", Schema.ENTERPRISE + ":department");

  private static final String ADDED = "\"path\":\"emails\"";

  private final Goldfish goldfish = new Goldfish();

  @Test
  void unboundIdAgrees() {
    Law.holds(random -> {
      var user = user(random);
      var request = request(random);
      assertThat(plain(ours(user, request)))
          .as("%s on %s", request, user)
          .isEqualTo(plain(UnboundId.patched(user, request)));
    });
  }

  @Test
  void goldfishAgrees() {
    Law.holds(random -> {
      var user = user(random);
      var request =
          Stream.generate(() -> request(random))
              .filter(r -> isFitForGoldfish(r.toString()))
              .findFirst()
              .orElseThrow();
      assertThat(plain(ours(user, request)))
          .as("%s on %s", request, user)
          .isEqualTo(plain(goldfish.patched(user, request)));
    });
  }

  /// What it is wrong about, or of another mind:
  ///
  /// - The removal of what is absent is noTarget; to us it is no error (RFC 7644 §3.5.2.2 has
  ///   none).
  /// - The replacement of an absent sub-attribute is dropped; it is an addition (§3.5.2.3).
  /// - A value that is there already is added once more; it should not be (§3.5.2.1).
  private static boolean isFitForGoldfish(String request) {
    return !request.contains("remove")
        && !request.contains(".display")
        && request.indexOf(ADDED) == request.lastIndexOf(ADDED);
  }

  private static JsonNode ours(Resource user, JsonNode request) {
    var operations = PatchRequest.read(request, USER, Reading.STRICT);
    return Patch.apply(user, operations, USER, Reading.STRICT).json();
  }

  /// Every kind of email is there, so that each value filter finds one.
  private static Resource user(RandomGenerator random) {
    var user = Samples.anyUser(random).json();
    user.put("id", "7").remove("emails");
    var emails = user.putArray("emails");
    emails.addObject().put("value", "w" + random.nextInt(3)).put("type", "work");
    emails.addObject().put("value", "h" + random.nextInt(3)).put("type", "home");
    return Resource.of(user);
  }

  private static JsonNode request(RandomGenerator random) {
    var body = JSON.objectNode();
    body.putArray("schemas").add(PatchRequest.SCHEMA);
    var operations = body.putArray("Operations");
    for (var i = random.nextInt(4); i >= 0; i--) operations.add(any(random));
    return body;
  }

  private static ObjectNode any(RandomGenerator random) {
    var text = Samples.text(random);
    return switch (random.nextInt(9)) {
      case 0 -> operation("add", one(random, TEXTS)).put("value", text);
      case 1 -> operation("replace", one(random, TEXTS)).put("value", text);
      case 2 -> operation("remove", one(random, TEXTS));
      case 3 -> operation("replace", "active").put("value", random.nextBoolean());
      case 4 -> operation("replace", kind(random) + ".value").put("value", text);
      case 5 -> operation("replace", kind(random) + ".display").put("value", text);
      case 6 -> {
        var add = operation("add", "emails");
        // In small letters: UnboundID cannot know that `caseExact` is false (RFC 7643 §2.2), by
        // which `A` is there already where `a` is.
        var value = "n" + text.toLowerCase(Locale.ROOT);
        add.putArray("value").addObject().put("value", value).put("type", "other");
        yield add;
      }
      case 7 -> {
        var whole = JSON.objectNode().put("op", random.nextBoolean() ? "add" : "replace");
        whole.putObject("value").put("title", text).put("userName", "u" + text);
        yield whole;
      }
      default -> {
        var name = operation("replace", "name");
        name.putObject("value").put("familyName", text);
        yield name;
      }
    };
  }

  private static String kind(RandomGenerator random) {
    return "emails[type eq \"" + one(random, List.of("work", "home")) + "\"]";
  }

  private static ObjectNode operation(String op, String path) {
    return JSON.objectNode().put("op", op).put("path", path);
  }

  private static String one(RandomGenerator random, List<String> all) {
    return all.get(random.nextInt(all.size()));
  }

  /// Without what is empty, which is the same as what is absent (RFC 7643 §2.5), without `schemas`
  /// and without `meta`.
  private static JsonNode plain(JsonNode resource) {
    var plain = (ObjectNode) resource.deepCopy();
    plain.remove(List.of("schemas", "meta"));
    List.copyOf(plain.propertyNames())
        .forEach(name -> {
          var value = plain.get(name);
          if (value.isContainer() && value.isEmpty()) plain.remove(name);
        });
    return plain;
  }
}
