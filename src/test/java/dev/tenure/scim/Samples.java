package dev.tenure.scim;

import dev.tenure.scim.schema.ResourceType;
import dev.tenure.scim.schema.Schema;
import dev.tenure.scim.schema.Schemas;
import java.util.List;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Users and pieces of them, given or random.
public final class Samples {
  public static final ResourceType USER = Schemas.standard().user();
  public static final ResourceType GROUP = Schemas.standard().group();
  private static final List<String> TEXTS =
      List.of("a", "A", "b", "ab", "Ba", "x y", "é", "\"q\"", "back\\slash", "(x)", "]");
  private static final List<String> KINDS = List.of("work", "home", "Work");

  private Samples() {}

  /// JSON written with `'` for `"`.
  public static JsonNode json(String text) {
    return ScimJson.read(text.replace('\'', '"'));
  }

  /// A resource from JSON written with `'` for `"`.
  public static Resource resource(String text) {
    return Resource.of((ObjectNode) json(text));
  }

  public static Resource mara() {
    return resource(
        """
        {'schemas': ['%s', '%s'], 'id': '7', 'externalId': 'Ab', 'userName': 'Mara@Example.com',
         'name': {'givenName': 'Mara', 'familyName': 'Okafor'}, 'title': 'Agent', 'active': true,
         'emails': [{'type': 'work', 'value': 'mara@work', 'primary': true},
                    {'type': 'home', 'value': 'mara@home'}],
         'roles': [{'value': 'Agent'}],
         'meta': {'lastModified': '2026-01-01T12:00:00+02:00'},
         '%s': {'department': 'Sales', 'manager': {'value': '9'}}}
        """
            .formatted(Schema.USER, Schema.ENTERPRISE, Schema.ENTERPRISE));
  }

  /// A small user in the schema's spelling; any of its attributes may be missing.
  public static Resource anyUser(RandomGenerator random) {
    var user = (ObjectNode) json("{'schemas': ['" + Schema.USER + "']}");
    user.put("userName", text(random));
    if (random.nextBoolean()) user.put("title", text(random));
    if (random.nextBoolean()) user.put("externalId", text(random));
    if (random.nextBoolean()) user.put("active", random.nextBoolean());
    if (random.nextBoolean()) user.putObject("name").put("givenName", text(random));
    var primary = random.nextInt(4);
    for (var i = 0; i < random.nextInt(4); i++) {
      var email = user.withArray("emails").addObject();
      email.put("value", text(random) + i).put("type", kind(random));
      if (i == primary) email.put("primary", true);
    }
    if (random.nextBoolean()) {
      user.withArray("schemas").add(Schema.ENTERPRISE);
      user.putObject(Schema.ENTERPRISE).put("department", text(random));
    }
    return Resource.of(user);
  }

  /// One of these, all equally likely.
  public static <T> T oneOf(RandomGenerator random, T[] all) {
    return List.of(all).get(random.nextInt(all.length));
  }

  public static String text(RandomGenerator random) {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  public static String kind(RandomGenerator random) {
    return KINDS.get(random.nextInt(KINDS.size()));
  }

  /// Characters that mean something to a parser, in no order.
  public static String garbage(RandomGenerator random, List<String> pieces) {
    var text = new StringBuilder();
    for (var i = random.nextInt(12); i >= 0; i--) {
      text.append(pieces.get(random.nextInt(pieces.size())));
      if (random.nextBoolean()) text.append(' ');
    }
    return text.toString();
  }
}
