package dev.tenure.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer;
import dev.tenure.organization.TestServer.Answer;
import dev.tenure.organization.TestServer.Calls;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What goes wrong elsewhere. Each trap in all the forms in which it is met.
class TrapsTest {
  private static TestServer server;
  private static Calls admin;
  private static int number;
  private Cast cast;
  private String mara;
  private String group;

  @BeforeAll
  static void start() {
    server = Places.start();
    admin = server.scim(Places.TOLERANT);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void meet() {
    cast = Cast.in(admin, ++number, List.of());
    mara = "/Users/" + cast.names().get("mara");
    group = "/Groups/" + cast.names().get("group");
  }

  private String id(String name) {
    return String.valueOf(cast.names().get(name));
  }

  private JsonNode changed(String path, String... operations) {
    var answer = admin.change(path, operations);
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    return admin.get(path).json();
  }

  private List<String> members() {
    return admin
        .get(group)
        .json()
        .path("members")
        .valueStream()
        .map(m -> m.path("value").asString(""))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"value\": \"%s\"}]",
        "[{\"$ref\": null, \"value\": \"%s\"}]",
        "[\"%s\"]",
        "{\"value\": \"%s\"}",
        "\"%s\"",
        "[{\"value\": \"%s\"}, {\"value\": \"00000000-0000-4000-8000-000000000000\"}]"
      })
  void removingMembersWithAValueNeverEmptiesTheGroup(String value) {
    for (var op : List.of("remove", "Remove", "REMOVE")) {
      var members = value.formatted(id("mara"));
      changed(
          group, "{\"op\": \"%s\", \"path\": \"members\", \"value\": %s}".formatted(op, members));
      assertThat(members()).as(op).containsExactly(id("jon"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"op\": \"Replace\", \"path\": \"active\", \"value\": \"False\"}",
        "{\"op\": \"replace\", \"path\": \"active\", \"value\": \"false\"}",
        "{\"op\": \"Add\", \"path\": \"active\", \"value\": \"FALSE\"}",
        "{\"op\": \"Replace\", \"path\": \"active\", \"value\": [\"False\"]}",
        "{\"op\": \"replace\", \"value\": {\"active\": \"False\"}}",
        "{\"op\": \"replace\", \"path\": null, \"value\": {\"active\": false}}",
        "{\"op\": \"replace\", \"path\": \"\", \"value\": {\"active\": false}}",
        "{\"op\": \"replace\", \"value\": [{\"active\": false}]}",
        "{\"OP\": \"Replace\", \"Path\": \"Active\", \"Value\": \"False\"}",
        "{\"op\": \"replace\","
            + " \"path\": \"urn:ietf:params:scim:schemas:core:2.0:User:active\","
            + " \"value\": false}"
      })
  void everyWayToSayInactiveDeactivates(String operation) {
    assertThat(changed(mara, operation).path("active")).isEqualTo(json("false"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Add", "Replace"})
  void aValuePathThatMatchesNothingMakesOneElement(String op) {
    var shape = "{\"op\": \"%s\", \"path\": \"%s[type eq \\\"home\\\"].%s\", \"value\": \"%s\"}";
    var user =
        changed(
            mara,
            shape.formatted(op, "emails", "value", "m@home.example"),
            shape.formatted(op, "addresses", "locality", "Cork"),
            shape.formatted(op, "addresses", "region", "Munster"),
            shape.formatted(op, "addresses", "country", "IE"));
    assertThat(user.path("emails").size()).isEqualTo(2);
    assertThat(user.at("/emails/0/type").asString()).isEqualTo("work");
    assertThat(user.at("/emails/1")).isEqualTo(json("{'type':'home','value':'m@home.example'}"));
    assertThat(user.path("addresses"))
        .isEqualTo(json("[{'type':'home','locality':'Cork','region':'Munster','country':'IE'}]"));
  }

  @Test
  void aBooleanInAPathMayBeText() {
    var shape =
        "{\"op\": \"Replace\", \"path\": \"roles[primary eq %s].value\", \"value\": \"%s\"}";
    assertThat(changed(mara, shape.formatted("\\\"True\\\"", "Agent")).path("roles"))
        .isEqualTo(json("[{'primary':true,'value':'Agent'}]"));
    assertThat(changed(mara, shape.formatted("\\\"true\\\"", "Supervisor")).path("roles"))
        .isEqualTo(json("[{'primary':true,'value':'Supervisor'}]"));
    assertThat(changed(mara, shape.formatted("true", "Guest")).path("roles"))
        .isEqualTo(json("[{'primary':true,'value':'Guest'}]"));
  }

  @Test
  void aRoleMayBeJsonInText() {
    var blob =
        "{\\\"id\\\":\\\"18d1\\\",\\\"value\\\":\\\"Agent\\\","
            + "\\\"displayName\\\":\\\"An agent\\\"}";
    var user =
        changed(
            mara,
            "{\"op\": \"Add\", \"path\": \"roles\", \"value\": [{\"value\": \"" + blob + "\"}]}");
    assertThat(user.at("/roles/0/value").asString()).isEqualTo("Agent");
    assertThat(user.at("/roles/0/display").asString()).isEqualTo("An agent");
    var created =
        admin.post(
            "/Users",
            "{\"userName\": \"blob%d\", \"roles\": [{\"value\": \"%s\"}]}".formatted(number, blob));
    assertThat(created.text("/roles/0/value")).isEqualTo("Agent");
    assertThat(
            admin
                .put(
                    "/Users/" + created.id(),
                    "{\"userName\": \"blob%d\", \"roles\": [{\"value\": \"{not JSON\"}]}"
                        .formatted(number))
                .text("/roles/0/value"))
        .isEqualTo("{not JSON");
  }

  @Test
  void anExtensionNeedsNotBeNamed() {
    var urn = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    var body =
        """
        {"schemas": ["%s"], "userName": "bare%d", "%s": {"department": "%s"}}
        """;
    var core = "urn:ietf:params:scim:schemas:core:2.0:User";
    var created = admin.post("/Users", body.formatted(core, number, urn, "Support"));
    assertThat(created.text("/" + urn + "/department")).isEqualTo("Support");
    assertThat(schemas(created)).containsExactly(core, urn);
    var replaced = admin.put("/Users/" + created.id(), body.formatted(core, number, urn, "Retail"));
    assertThat(replaced.text("/" + urn + "/department")).isEqualTo("Retail");
    assertThat(schemas(replaced)).containsExactly(core, urn);
  }

  private static Stream<String> schemas(Answer answer) {
    return answer.json().path("schemas").valueStream().map(JsonNode::asString);
  }

  @Test
  void aBodyIsLookedAtBeforeTheIdIs() {
    for (var path : List.of("/Users/", "/Groups/")) {
      for (var id : List.of(UUID.randomUUID().toString(), "no-id-at-all")) {
        for (var bad : List.of("{}", "[]", "{\"Operations\": []}", "{\"Operations\": [{}]}", "{")) {
          var answer = admin.patch(path + id, bad);
          assertThat(answer.status()).as(path + bad).isEqualTo(400);
          assertThat(answer.text("/scimType")).isEqualTo("invalidSyntax");
        }
        var unknown =
            admin.change(path + id, "{\"op\": \"add\", \"path\": \"emails[\", \"value\": 1}");
        assertThat(unknown.text("/scimType")).isEqualTo("invalidPath");
        var good =
            admin.change(path + id, "{\"op\":\"add\",\"path\":\"externalId\",\"value\":\"x\"}");
        assertThat(good.status()).isEqualTo(404);
      }
    }
  }

  private static JsonNode json(String text) {
    return dev.tenure.scim.ScimJson.read(text.replace('\'', '"'));
  }
}
