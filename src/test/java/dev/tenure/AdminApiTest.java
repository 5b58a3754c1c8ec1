package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.tenure.access.Role;
import dev.tenure.admin.AdminApi;
import dev.tenure.audit.AuditLog.Search;
import dev.tenure.cli.Workplace;
import dev.tenure.id.FlowId;
import dev.tenure.scim.ScimJson;
import dev.tenure.testkit.ScimCalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The admin API as programs use it: each answer is held against the document that describes it.
class AdminApiTest {
  private static final JsonNode DOCUMENT = document();
  private static Site site;
  private static Workplace place;

  @BeforeAll
  static void serve() throws InterruptedException {
    site = Site.with(ConsoleTest.YAML);
    site.file("people.csv", "id,mail,given,family,department\nE1,a@x.example,A,B,Sales\n");
    place = site.serve();
    place.cycle().plan(place.flow(new FlowId("people")));
  }

  @AfterAll
  static void close() {
    place.close();
    site.close();
  }

  private static JsonNode document() {
    try (var in = AdminApi.class.getResourceAsStream("openapi.json")) {
      var bytes = Objects.requireNonNull(in).readAllBytes();
      return ScimJson.read(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String token(String name, Role role) {
    return place.adminTokens().create(name, role, Optional.empty()).secret().reveal();
  }

  /// Asks for `path`, an operation's `template` with its variables filled in; holds the answer
  /// against the document.
  private static ScimCalls.Answer ask(String token, String method, String template, String path) {
    var answer = new ScimCalls(place.base(), token).send(method, "/admin/v1" + path, "");
    var operation = DOCUMENT.path("paths").path(template).path(method.toLowerCase(Locale.ROOT));
    var told = operation.path("responses").path(String.valueOf(answer.status()));
    var shared = told.path("$ref").asString("").replace("#/components/responses/", "");
    if (!shared.isEmpty()) told = DOCUMENT.path("components").path("responses").path(shared);
    assertThat(told.isObject()).as(method + path + " " + answer).isTrue();
    var content = told.path("content");
    if (content.isMissingNode()) assertThat(answer.body()).isEmpty();
    else assertThat(mistakes(content.iterator().next().path("schema"), answer.json())).isEmpty();
    return answer;
  }

  private static String mistakes(JsonNode schema, JsonNode answer) {
    var whole = JsonNodeFactory.instance.objectNode();
    whole.setAll((ObjectNode) schema);
    whole.set("components", DOCUMENT.path("components"));
    var errors =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(whole)
            .validate(answer);
    return errors.isEmpty() ? "" : errors + " in " + answer;
  }

  @Test
  void theCheckAgainstTheDocumentFindsMistakes() {
    var schema = JsonNodeFactory.instance.objectNode().put("$ref", "#/components/schemas/Problem");
    assertThat(mistakes(schema, JsonNodeFactory.instance.objectNode())).contains("remedy");
  }

  @Test
  void statusIsWhatTheCommandPrints() {
    var answer = ask(token("status", Role.VIEWER), "GET", "/status", "/status");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text("/plans/0/flow")).isEqualTo("people");
    assertThat(answer.json()).isEqualTo(site.run("status", "--output", "json").json());
  }

  @Test
  void rolesAreHeldAndWhoHasNoneStaysOutside() {
    var viewer = token("looks", Role.VIEWER);
    assertThat(ask(viewer, "GET", "/tokens", "/tokens").status()).isEqualTo(403);
    assertThat(ask(viewer, "DELETE", "/tokens/{token}", "/tokens/looks").status()).isEqualTo(403);
    assertThat(ask("tnr_wrong", "GET", "/status", "/status").status()).isEqualTo(401);
    assertThat(ask("", "GET", "/openapi.json", "/openapi.json").json()).isEqualTo(DOCUMENT);
  }

  @Test
  void tokensAreListedAndRevokedByAdministratorsAndThatIsAudited() {
    var boss = token("boss", Role.ADMINISTRATOR);
    var gone = token("gone", Role.OPERATOR);
    var list = ask(boss, "GET", "/tokens", "/tokens");
    assertThat(list.body()).contains("\"gone\"").doesNotContain(gone, boss);
    assertThat(ask(boss, "DELETE", "/tokens/{token}", "/tokens/gone").status()).isEqualTo(204);
    assertThat(ask(gone, "GET", "/status", "/status").status()).isEqualTo(401);
    var again = ask(boss, "DELETE", "/tokens/{token}", "/tokens/gone");
    assertThat(again.status()).isEqualTo(404);
    assertThat(again.text("/code")).isEqualTo("ADMIN_TOKEN_UNKNOWN");
    var rows = place.audit().search(Search.newest("system/console", 100));
    assertThat(rows.stream().map(e -> e.actor() + " " + e.action()))
        .contains("token:boss admin.token.revoked");
    assertThat(rows.toString()).doesNotContain(gone, boss);
  }

  @Test
  void everyOperationIsDescribedAndEveryDescriptionIsServed() {
    var described = new TreeSet<String>();
    for (var path : DOCUMENT.path("paths").properties()) {
      for (var method : path.getValue().properties()) {
        described.add(method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
      }
    }
    assertThat(described).isEqualTo(new TreeSet<>(AdminApi.operations()));
  }

  @Test
  void whatIsNotThereIsAProblemDetail() {
    var calls = new ScimCalls(place.base(), token("lost", Role.VIEWER));
    var nothing = calls.send("GET", "/admin/v1/nothing", "");
    assertThat(nothing.status()).isEqualTo(404);
    assertThat(nothing.text("/title")).isEqualTo("Not Found");
    assertThat(calls.send("POST", "/admin/v1/status", "").status()).isEqualTo(405);
  }

  @Test
  void tokensAreMadeListedAndRevokedByCommands() {
    var made = site.run("admin", "token", "create", "ci", "--expires", "2099-12-31");
    assertThat(made.out()).contains("tnr_");
    assertThat(site.run("admin", "token", "create", "ci").err()).contains("ADMIN_TOKEN_EXISTS");
    assertThat(site.run("admin", "token").out()).contains("ci", "viewer", "2099-12-31");
    assertThat(site.run("admin", "token", "revoke", "ci").exit()).isZero();
    assertThat(site.run("admin", "token", "revoke", "ci").err()).contains("ADMIN_TOKEN_UNKNOWN");
    assertThat(site.run("admin", "token", "create", "A B").exit()).isEqualTo(2);
  }

  @Test
  void theExampleOfThePageRuns() throws Exception {
    var page = Files.readString(Path.of("docs/admin-api.md"));
    var commands = page.lines().filter(line -> line.startsWith("curl ")).toList();
    assertThat(commands).hasSize(2);
    var words = page.lines().filter(l -> l.startsWith("tenure admin")).findFirst().orElseThrow();
    var made = site.run(words.substring("tenure ".length()).split(" "));
    var secret = made.out().lines().findFirst().orElseThrow().replace("token", "").strip();
    for (var command : commands) {
      var builder = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true);
      builder.environment().putAll(Map.of("TOKEN", secret, "TENURE", place.base().toString()));
      var process = builder.start();
      var told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(told).isZero();
      assertThat(ScimJson.read(told).isObject()).isTrue();
    }
  }
}
