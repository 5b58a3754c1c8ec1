package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.AdminCalls.Place;
import dev.tenure.access.Role;
import dev.tenure.admin.AdminApi;
import dev.tenure.audit.AuditLog.Search;
import dev.tenure.cli.Workplace;
import dev.tenure.id.FlowId;
import dev.tenure.scim.ScimJson;
import dev.tenure.testkit.ScimCalls;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// The admin API as programs use it: each answer is held against the document that describes it.
class AdminApiTest {
  private static final JsonNode DOCUMENT = AdminCalls.DOCUMENT;
  private static final FlowId PEOPLE = new FlowId("people");
  private static final Map<Role, String> TOKENS = new EnumMap<>(Role.class);
  private static Site site;
  private static Workplace place;

  @BeforeAll
  static void serve() throws InterruptedException {
    site = Site.with(ConsoleTest.YAML);
    site.file("people.csv", "id,mail,given,family,department\nE1,a@x.example,A,B,Sales\n");
    place = site.serve();
    place.cycle().plan(place.flow(PEOPLE));
  }

  @AfterAll
  static void close() {
    place.close();
    site.close();
  }

  private static String token(String name, Role role) {
    return place.adminTokens().create(name, role, Optional.empty()).secret().reveal();
  }

  private static ScimCalls.Answer ask(String token, String method, String template, String path) {
    return ask(token, method, new Place(template, path), "");
  }

  private static ScimCalls.Answer ask(String token, String method, Place at, String body) {
    return new AdminCalls(place.base(), token).ask(method, at, body);
  }

  @Test
  void theCheckAgainstTheDocumentFindsMistakes() {
    var schema = JsonNodeFactory.instance.objectNode().put("$ref", "#/components/schemas/Problem");
    assertThat(AdminCalls.mistakes(schema, JsonNodeFactory.instance.objectNode()))
        .contains("remedy");
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
  void plansArePagedAndEachIsWhatTheCommandPrints() throws InterruptedException {
    site.file(
        "people.csv",
        "id,mail,given,family,department\nE1,a@x.example,A,B,Sales\nE2,b@x.example,C,D,Sales\n");
    place.cycle().plan(place.flow(PEOPLE));
    var viewer = token("pages", Role.VIEWER);
    var list = "/flows/{flow}/plans";
    var all = ask(viewer, "GET", list, "/flows/people/plans").json();
    assertThat(all).isEqualTo(site.run("plans", "people", "--output", "json").json());
    assertThat(all.path("plans").size()).isGreaterThan(1);
    var paged = JsonNodeFactory.instance.arrayNode();
    var next = "/admin/v1/flows/people/plans?limit=1";
    while (!next.isEmpty()) {
      var page = ask(viewer, "GET", list, next.substring("/admin/v1".length()));
      assertThat(page.json().path("plans").size()).isEqualTo(1);
      paged.addAll((ArrayNode) page.json().path("plans"));
      next = page.text("/next");
    }
    assertThat(paged).isEqualTo(all.path("plans"));
    var one = ask(viewer, "GET", list + "/{plan}", "/flows/people/plans/1");
    assertThat(one.json()).isEqualTo(paged.get(paged.size() - 1));
  }

  @Test
  void aProblemHasTheTitleOfItsTypeAndSaysWhatHappenedInItsDetail() {
    var viewer = token("titles", Role.VIEWER);
    var answer = ask(viewer, "GET", "/flows/{flow}/plans/{plan}", "/flows/people/plans/999");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text("/title")).isEqualTo("Plan unknown");
    assertThat(answer.text("/detail")).isEqualTo("there is no such plan");
    assertThat(answer.text("/type")).isEqualTo("urn:tenure:problem:PLAN_UNKNOWN");
  }

  @Test
  void aFlowIsPausedAndResumedByOperatorsUnderTheNameOfTheToken() {
    var operator = token("stops", Role.OPERATOR);
    var pause = new Place("/flows/{flow}/pause", "/flows/people/pause");
    var paused = ask(operator, "POST", pause, "{\"reason\":\"a move\",\"leavers\":true}");
    assertThat(paused.body()).isEqualTo("{\"flow\":\"people\",\"paused\":true,\"leavers\":true}");
    var kept = place.pauses().of(PEOPLE).orElseThrow();
    assertThat(kept.actor()).isEqualTo("token:stops");
    assertThat(kept.reason()).isEqualTo("a move");
    var resumed = ask(operator, "POST", "/flows/{flow}/resume", "/flows/people/resume");
    assertThat(resumed.body()).isEqualTo("{\"flow\":\"people\",\"wasPaused\":true}");
    assertThat(place.pauses().of(PEOPLE)).isEmpty();
    var rows = place.audit().search(Search.newest("flow/people", 100));
    assertThat(rows.stream().map(e -> e.actor() + " " + e.action()))
        .contains("token:stops flow.paused", "token:stops flow.resumed");
  }

  @Test
  void whatIsNotDescribedIsRefusedAndNothingIsDone() {
    var operator = token("errs", Role.OPERATOR);
    var pause = new Place("/flows/{flow}/pause", "/flows/people/pause");
    for (var body :
        List.of(
            "[]",
            "{",
            "{\"x\":1}",
            "{\"reason\":5}",
            "{\"reason\":\"\\u0000\"}",
            "{\"leavers\":\"yes\"}",
            "{\"reason\":\"" + "a".repeat(501) + "\"}")) {
      assertThat(ask(operator, "POST", pause, body).status()).as(body).isEqualTo(400);
    }
    assertThat(ask(operator, "POST", pause, " ".repeat(70_000)).status()).isEqualTo(413);
    assertThat(place.pauses().of(PEOPLE)).isEmpty();
    for (var query : List.of("limit=0", "limit=101", "limit=x", "before=-1", "after=1")) {
      var path = "/flows/people/plans?" + query;
      var answer = ask(operator, "GET", "/flows/{flow}/plans", path);
      assertThat(answer.status()).as(query).isEqualTo(400);
    }
  }

  /// One operation of the document, but the document itself.
  private record Operation(String method, String template, Role role) {}

  private static List<Operation> operations() {
    var all = new ArrayList<Operation>();
    for (var path : DOCUMENT.path("paths").properties()) {
      for (var method : path.getValue().properties()) {
        var told = method.getValue().path("description").asString("");
        if (told.isEmpty()) continue;
        var role = told.replace("Least role: ", "").replace(".", "").toUpperCase(Locale.ROOT);
        var word = method.getKey().toUpperCase(Locale.ROOT);
        all.add(new Operation(word, path.getKey(), Role.valueOf(role)));
      }
    }
    return all;
  }

  @Test
  void everyOperationIsForItsRoleOnlyAndNoInputBreaksIt() {
    assertThat(operations()).hasSize(AdminApi.operations().size() - 1);
    for (var operation : operations()) {
      for (var word : List.of("nobody", "0", "1", "%27", "%C3%A4", "99999999999999999999")) {
        var path = operation.template().replaceAll("\\{[a-z]+}", word);
        var at = new Place(operation.template(), path);
        assertThat(ask("", operation.method(), at, "").status()).isEqualTo(401);
        for (var role : Role.values()) {
          var token = TOKENS.computeIfAbsent(role, r -> token("walk-" + r.word(), r));
          var status = ask(token, operation.method(), at, "{\"no\":1}").status();
          assertThat(status).as(operation + " " + word).isLessThan(500);
          assertThat(status == 403).isEqualTo(!role.covers(operation.role()));
        }
      }
    }
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
    assertThat(commands).hasSize(12);
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
