package dev.tenure.scim.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.scim.ScimJson;
import dev.tenure.scim.schema.Schemas;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// What each recorded shape has of them is told by the shapes themselves (`dialect/*.http`); here
/// is what they don't show.
class OdditiesTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> KEYS =
      List.of(
          "schemas",
          "id",
          "Operations",
          "operations",
          "op",
          "path",
          "value",
          "active",
          "emails",
          "manager",
          "roles",
          "name.givenName",
          "urn:x",
          "[",
          "",
          "members",
          "Value",
          "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User");
  private static final List<String> TEXTS =
      List.of("", "True", "{", "remove", "Replace", "urn:scim:schemas:", "emails[", "]", "a].b");

  private static Set<Oddity> patch(String operation) {
    var body =
        "{\"schemas\": [\"" + PatchRequest.SCHEMA + "\"], \"Operations\": [" + operation + "]}";
    return Oddities.inBody("PATCH", ScimJson.read(body), Schemas.standard().user());
  }

  private static Set<Oddity> filter(String filter) {
    return Oddities.inQuery(Map.of("filter", List.of(filter)));
  }

  @Test
  void whatIsAsTheRfcsHaveItIsNotOdd() {
    assertThat(patch("{\"op\": \"replace\", \"path\": \"active\", \"value\": false}")).isEmpty();
    assertThat(patch("{\"op\": \"add\", \"path\": \"title\", \"value\": \"True\"}")).isEmpty();
    assertThat(patch("{\"op\": \"remove\", \"path\": \"emails[primary eq true]\"}")).isEmpty();
    assertThat(filter("userName eq \"a or active eq true\" and active eq true")).isEmpty();
    assertThat(filter("meta.lastModified gt \"2026-01-01T00:00:00Z\" or title pr")).isEmpty();
    assertThat(filter("userName eq \"x\" and manager.value eq null")).isEmpty();
    assertThat(Oddities.inQuery(Map.of("filter", List.of("")))).isEmpty();
  }

  @Test
  void whatIsOddIsFoundWhereverItStands() {
    assertThat(patch("{\"op\": \"replace\", \"path\": null, \"value\": {\"active\": true}}"))
        .containsExactly(Oddity.NULL_PATH);
    assertThat(patch("{\"op\": \"replace\", \"value\": [{\"active\": \"true\"}]}"))
        .containsExactlyInAnyOrder(Oddity.LIST_WITHOUT_PATH, Oddity.BOOLEAN_AS_TEXT);
    assertThat(
            patch(
                "{\"op\": \"add\", \"path\": \"emails[type eq \\\"work\\\"].primary\","
                    + " \"value\": \"true\"}"))
        .containsExactly(Oddity.BOOLEAN_AS_TEXT);
    assertThat(
            patch(
                "{\"Op\": \"add\", \"path\": \"urn:ietf:params:scim:schemas:extension:enterprise:"
                    + "2.0:User\", \"value\": {\"employeeNumber\": 7}}"))
        .containsExactlyInAnyOrder(Oddity.NAMES_IN_OTHER_CASE, Oddity.NUMBER_FOR_TEXT);
    assertThat(filter("active eq \"True\"")).containsExactly(Oddity.BOOLEAN_AS_TEXT_IN_FILTER);
    assertThat(filter("externalId eq jyoung")).containsExactly(Oddity.WORD_WITHOUT_QUOTES);
  }

  @Test
  void ofALongListOnlyTheBeginningIsLookedAt() {
    var members = JSON.arrayNode();
    for (int i = 0; i < 1_000; i++) members.addObject().put("value", "u" + i);
    members.addObject().putNull("$ref");
    var body = JSON.objectNode().set("members", members);
    body.putArray("schemas").add("x");
    assertThat(Oddities.inBody("PUT", body, Schemas.standard().group())).isEmpty();
  }

  @Test
  void whateverIsSentIsLookedAtWithoutHarm() {
    long seed = Long.getLong("law.seed", System.nanoTime());
    var random = new Random(seed);
    for (int i = 0; i < 3_000; i++) {
      var body = any(random, 5);
      var before = body.deepCopy();
      for (var method : List.of("POST", "PUT", "PATCH", "DELETE")) {
        for (var type : Schemas.standard().types()) {
          assertThat(Oddities.inBody(method, body, type))
              .as("law.seed=%d, case %d", seed, i)
              .isNotNull();
        }
      }
      assertThat(body).as("law.seed=%d, case %d", seed, i).isEqualTo(before);
    }
  }

  private static JsonNode any(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 4 : 6)) {
      case 0 -> JSON.nullNode();
      case 1 -> JSON.booleanNode(random.nextBoolean());
      case 2 -> JSON.numberNode(random.nextInt());
      case 3 -> JSON.stringNode(pick(random, TEXTS));
      case 4 -> {
        var list = JSON.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) list.add(any(random, depth - 1));
        yield list;
      }
      default -> {
        var object = JSON.objectNode();
        for (int i = random.nextInt(6); i > 0; i--) {
          object.set(pick(random, KEYS), any(random, depth - 1));
        }
        yield object;
      }
    };
  }

  private static String pick(Random random, List<String> from) {
    return from.get(random.nextInt(from.size()));
  }

  @Test
  void aNameDecidesAndElseWhatOnlyOneOfThemDoes() {
    assertThat(Dialect.guess("Okta SCIM Client 1.0.0", EnumSet.of(Oddity.OP_IN_CAPITALS)))
        .isEqualTo(Dialect.OKTA);
    assertThat(Dialect.guess("PingFederate/12.1", Set.of())).isEqualTo(Dialect.PING);
    assertThat(Dialect.guess("JumpCloud", Set.of())).isEqualTo(Dialect.JUMPCLOUD);
    assertThat(Dialect.guess("OneLogin/1", Set.of())).isEqualTo(Dialect.ONELOGIN);
    assertThat(Dialect.guess("", EnumSet.of(Oddity.ENTRA_FLAG))).isEqualTo(Dialect.ENTRA);
    assertThat(Dialect.guess("", EnumSet.of(Oddity.UNREGISTERED_SCHEMAS)))
        .isEqualTo(Dialect.ONELOGIN);
    assertThat(Dialect.guess("", EnumSet.of(Oddity.ID_IN_VALUE))).isEqualTo(Dialect.OKTA);
    assertThat(Dialect.guess("curl/8", Set.of())).isEqualTo(Dialect.STANDARD);
    assertThat(Dialect.guess("shopping-bot", EnumSet.of(Oddity.NULLS))).isEqualTo(Dialect.UNKNOWN);
  }

  @Test
  void everyOddityHasAWordAndAMeaningOfItsOwn() {
    for (var oddity : Oddity.values()) {
      assertThat(Oddity.named(oddity.word())).contains(oddity);
      assertThat(oddity.meaning()).isNotBlank();
    }
    assertThat(Oddity.named("from-a-later-version")).isEmpty();
  }
}
