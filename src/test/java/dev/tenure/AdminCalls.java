package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.tenure.admin.AdminApi;
import dev.tenure.scim.ScimJson;
import dev.tenure.testkit.ScimCalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Calls of the admin API; each answer is held against the document that describes it.
record AdminCalls(URI base, String token) {
  static final JsonNode DOCUMENT = document();

  /// An operation's address: as described, and as asked for.
  record Place(String template, String path) {}

  private static JsonNode document() {
    try (var in = AdminApi.class.getResourceAsStream("openapi.json")) {
      var bytes = Objects.requireNonNull(in).readAllBytes();
      return ScimJson.read(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Asks for an operation with its variables filled in.
  ScimCalls.Answer ask(String method, Place at, String body) {
    var path = at.path();
    var answer = new ScimCalls(base, token).send(method, "/admin/v1" + path, body);
    var operation =
        DOCUMENT.path("paths").path(at.template()).path(method.toLowerCase(Locale.ROOT));
    var told = operation.path("responses").path(String.valueOf(answer.status()));
    var shared = told.path("$ref").asString("").replace("#/components/responses/", "");
    if (!shared.isEmpty()) told = DOCUMENT.path("components").path("responses").path(shared);
    assertThat(told.isObject()).as(method + path + " " + answer).isTrue();
    var content = told.path("content");
    if (content.has("application/x-ndjson")) return answer;
    if (content.isMissingNode()) assertThat(answer.body()).isEmpty();
    else assertThat(mistakes(content.iterator().next().path("schema"), answer.json())).isEmpty();
    return answer;
  }

  /// What an answer has otherwise than the schema of this name says; empty: nothing.
  static String mistakes(String schema, JsonNode answer) {
    var ref = JsonNodeFactory.instance.objectNode().put("$ref", "#/components/schemas/" + schema);
    return mistakes(ref, answer);
  }

  static String mistakes(JsonNode schema, JsonNode answer) {
    var whole = JsonNodeFactory.instance.objectNode();
    whole.setAll((ObjectNode) schema);
    whole.set("components", DOCUMENT.path("components"));
    var errors =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(whole)
            .validate(answer);
    return errors.isEmpty() ? "" : errors + " in " + answer;
  }
}
