package dev.tenure.organization.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.config.Configuration;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.OrganizationConfig;
import dev.tenure.organization.TestServer;
import dev.tenure.organization.TestServer.Answer;
import dev.tenure.organization.TestServer.Calls;
import dev.tenure.scim.ScimJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/// A server whose organizations are those of `specimen.yaml`: `acme` (tolerant) and `exact`
/// (strict) have the resource type `Specimen`, with one attribute of everything; `other` has not.
final class Specimens implements AutoCloseable {
  static final String SCHEMA = "urn:tenure:test:Specimen";
  static final String EXTRA = "urn:tenure:test:Extra";
  private final TestServer server = TestServer.start(configs());
  private int made;

  static List<OrganizationConfig> configs() {
    try (var in = Specimens.class.getResourceAsStream("specimen.yaml")) {
      var file = Files.createTempFile("tenure", ".yaml");
      Files.write(file, Objects.requireNonNull(in).readAllBytes());
      var configuration = Configuration.load(file, _ -> TestServer.VIEWER);
      var configs =
          configuration.root().sections("organizations").entrySet().stream()
              .map(e -> OrganizationConfig.read(new OrganizationId(e.getKey()), e.getValue()))
              .toList();
      configuration.finish();
      Files.delete(file);
      return configs;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  TestServer server() {
    return server;
  }

  Calls acme() {
    return server.acme();
  }

  Calls exact() {
    return server.scim(new OrganizationId("exact"));
  }

  Calls other() {
    return server.scim(TestServer.OTHER);
  }

  /// A text that no other resource has.
  String name() {
    return "name" + made++;
  }

  /// The body of a specimen; `members` are written with `'` for `"`.
  static String body(String members) {
    return """
    {"schemas": ["%s"], "label": "x"%s}\
    """
        .formatted(SCHEMA, members.isEmpty() ? "" : ", " + quoted(members));
  }

  static String quoted(String text) {
    return text.replace('\'', '"');
  }

  static JsonNode json(String text) {
    return ScimJson.read(quoted(text));
  }

  static Answer made(Calls calls, String members) {
    var answer = calls.post("/Specimens", body(members));
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
    return answer;
  }

  static void assertError(Answer answer, int status, String type) {
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).startsWith("application/scim+json");
    assertThat(answer.text("/schemas/0")).endsWith(":Error");
    assertThat(answer.text("/status")).isEqualTo(String.valueOf(status));
    assertThat(answer.text("/scimType")).as(answer.text("/detail")).isEqualTo(type);
    assertThat(answer.text("/detail")).isNotBlank();
  }

  @Override
  public void close() {
    server.close();
  }
}
