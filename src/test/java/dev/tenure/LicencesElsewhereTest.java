package dev.tenure;

import static java.util.regex.Matcher.quoteReplacement;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.AdminCalls.Place;
import dev.tenure.access.Role;
import dev.tenure.cli.Shapes;
import dev.tenure.cli.Workplace;
import dev.tenure.notify.NotifierSteps;
import dev.tenure.notify.TestHook;
import dev.tenure.testkit.Product;
import dev.tenure.testkit.ScimCalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// Seats of targets elsewhere: an organization of another Tenure, which knows no licences itself.
class LicencesElsewhereTest {
  private static final String THEIRS =
      """
      organizations:
        acme:
          roles: {Agent: {}, Guest: {}, Supervisor: {}}
          clients: {idp: {token: "${env:ACME_TOKEN}"}}
        cloud:
          profile: genesys
          quirks: []
          roles: {Agent: {}, Guest: {}, Supervisor: {}}
          clients:
            idp: {token: "${env:ACME_TOKEN}"}
            tenure: {role: User Management, secret: "${env:CLOUD_SECRET}"}
      """;

  private static final String OURS = example();

  private static final String HEADER = "id,mail,title,start\n";
  private static final String ANN = "E1,ann@x.example,Agent,2020-01-01\n";
  private static final String BOB = "E2,bob@x.example,Agent,2020-02-01\n";
  private static final String CID = "E3,cid@x.example,Agent,2020-03-01\n";
  private static final String GUS = "E4,gus@x.example,Guest,2020-01-01\n";

  /// The kinds of targets elsewhere.
  enum Kind {
    SCIM("acme", "scim: {url: \"%s/acme/scim/v2\", token: \"${env:ACME_TOKEN}\"}"),
    GENESYS(
        "cloud", "genesys: {url: \"%s\", client: cloud.tenure, secret: \"${env:CLOUD_SECRET}\"}");

    private final String organization;
    private final String section;

    Kind(String organization, String section) {
      this.organization = organization;
      this.section = section;
    }
  }

  /// The example of `docs/licences.md`.
  private static String example() {
    try {
      var page = Files.readString(Path.of("docs/licences.md"));
      var from = page.indexOf('\n', page.indexOf("```yaml elsewhere")) + 1;
      return page.substring(from, page.indexOf("```", from));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final Site theirs = Site.with(THEIRS).variable("CLOUD_SECRET", "a-secret-of-16-or-more");
  private final Workplace server = theirs.serve();
  private Site ours = Site.with("sources: {}\n");
  private ScimCalls there = Site.calls(server, "acme");

  @AfterEach
  void close() {
    ours.close();
    server.close();
    theirs.close();
  }

  private void target(Kind kind) {
    ours.close();
    ours =
        Site.with(
                OURS.replaceFirst(
                    "genesys: .*", quoteReplacement(kind.section.formatted(server.base()))))
            .variable("CLOUD_SECRET", "a-secret-of-16-or-more");
    there = Site.calls(server, kind.organization);
  }

  private String run(int exit, String... words) {
    var ran = ours.run(words);
    assertThat(ran.exit()).as(ran.out() + ran.err()).isEqualTo(exit);
    return ran.out();
  }

  private String planAndApply(String... rows) {
    ours.file("people.csv", HEADER + String.join("", rows));
    var plan = run(0, "plan", "people");
    run(0, "apply", "people");
    return plan;
  }

  private List<String> open() {
    return there.users().stream()
        .filter(u -> u.path("active").asBoolean(true))
        .map(u -> u.path("userName").asString(""))
        .sorted()
        .toList();
  }

  private JsonNode pool() {
    var ledger = ours.run("licences", "cloud", "--output", "json").json().path("licences");
    assertThat(ledger).hasSize(2);
    return ledger.path(0);
  }

  /// assigned, reserved, free, reclaimable
  private List<Long> numbers() {
    var pool = pool();
    return List.of("assigned", "reserved", "free", "reclaimable").stream()
        .map(name -> pool.path(name).asLong())
        .toList();
  }

  private void make(String userName, String role) {
    var created =
        there.create(
            """
            {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "displayName": "Old",
             "userName": "%s", "roles": [{"value": "%s"}]}\
            """
                .formatted(userName, role));
    var roles = there.user(userName).path("roles").toString();
    assertThat(roles).as(created).contains(role);
  }

  private void lock(String userName) {
    var id = there.user(userName).path("id").asString("");
    var answer =
        there.send(
            "PATCH",
            "/scim/v2/Users/" + id,
            """
            {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
             "Operations": [{"op": "replace", "path": "active", "value": false}]}\
            """);
    assertThat(answer.status()).as(answer.body()).isBetween(200, 204);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void theThirdJoinerWaitsForTheSeatOfALeaver(Kind kind) {
    target(kind);
    assertThat(planAndApply(CID, BOB, ANN, GUS)).contains("LICENCE_POOL_FULL", "cid@x.example");
    assertThat(open()).containsExactly("ann@x.example", "bob@x.example", "gus@x.example");
    assertThat(numbers()).containsExactly(2L, 1L, 0L, 0L);
    assertThat(pool().path("target").asString("")).isEqualTo("cloud");
    assertThat(pool().has("organization")).isFalse();
    assertThat(pool().path("moneyPerMonth").decimalValue()).isEqualByComparingTo("150");
    statusHasThePools();
    assertThat(planAndApply(CID, BOB, GUS)).doesNotContain("LICENCE_");
    assertThat(open()).containsExactly("bob@x.example", "cid@x.example", "gus@x.example");
    assertThat(numbers()).containsExactly(2L, 0L, 0L, 0L);
    var plan = ours.run("plan", "people", "--output", "json").json();
    assertThat(plan.path("changes")).isEmpty();
  }

  private void statusHasThePools() {
    assertThat(run(0, "status")).containsPattern("cloud +CX1 +CX1 +2 +2 +0 +150.00 EUR\n");
    var status = ours.run("status", "--output", "json").json();
    assertThat(new Shapes().mistakes("status", status)).isEmpty();
    var seats = status.path("seats");
    assertThat(seats).hasSize(2);
    assertThat(seats.path(0).path("target").asString("")).isEqualTo("cloud");
    assertThat(seats.path(0).has("organization")).isFalse();
    assertThat(seats.path(1).path("free").asLong()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void theSeatOfNobodyIsHadBack(Kind kind) {
    target(kind);
    make("old@x.example", "Agent");
    make("guest@x.example", "Guest");
    assertThat(planAndApply(ANN, BOB)).contains("LICENCE_POOL_FULL", "bob@x.example");
    assertThat(numbers()).containsExactly(2L, 1L, 0L, 1L);
    assertThat(run(0, "licences", "cloud", "--reclaimable"))
        .contains("cloud", "old@x.example", "CX1", "orphaned", "no person has it", "75.00 EUR")
        .doesNotContain("guest@x.example", "ann@x.example");
    assertThat(run(0, "licences", "cloud", "--reclaim")).contains("reclaimed: no person has it");
    run(0, "apply", "people");
    assertThat(planAndApply(ANN, BOB)).doesNotContain("LICENCE_");
    assertThat(open()).containsExactly("ann@x.example", "bob@x.example", "guest@x.example");
    assertThat(numbers()).containsExactly(2L, 0L, 0L, 0L);
  }

  /// There, locking releases nothing; by the standard nobody can use what a locked account has.
  @ParameterizedTest
  @EnumSource(Kind.class)
  void aLockedAccountKeepsItsSeatInGenesysCloudOnly(Kind kind) {
    target(kind);
    make("old@x.example", "Agent");
    lock("old@x.example");
    planAndApply(ANN);
    if (kind == Kind.SCIM) {
      assertThat(numbers()).containsExactly(1L, 0L, 1L, 0L);
      return;
    }
    assertThat(numbers()).containsExactly(2L, 0L, 0L, 1L);
    assertThat(run(0, "licences", "cloud", "--reclaim", "--evidence", "locked"))
        .contains("reclaimed: it is locked");
    run(0, "apply", "people");
    assertThat(numbers()).containsExactly(1L, 0L, 1L, 0L);
  }

  /// So a plan that locks alone frees none there.
  @ParameterizedTest
  @EnumSource(Kind.class)
  void whatAPlanDoesToSeatsIsTold(Kind kind) {
    target(kind);
    ours.replacing("[deactivate, remove-roles]", "[deactivate]");
    planAndApply(ANN, BOB, GUS);
    assertThat(run(0, "show", "people", "1")).contains("seats: CX1 +2 (then");
    planAndApply(BOB, GUS);
    var shown = run(0, "show", "people", "2");
    if (kind == Kind.SCIM) assertThat(shown).contains("seats: CX1 -1 (then");
    else assertThat(shown).contains("deactivated").doesNotContain("seats:");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void joinersAreRefusedOrOverdrawWhereTheFlowSaysSo(Kind kind) {
    target(kind);
    ours.replacing("    map: {", "    whenFull: refuse\n    map: {");
    assertThat(planAndApply(ANN, BOB, CID)).contains("LICENCE_REFUSED", "E3");
    ours.replacing("whenFull: refuse", "whenFull: overdraw");
    assertThat(planAndApply(ANN, BOB, CID)).doesNotContain("LICENCE_");
    assertThat(numbers()).containsExactly(3L, 0L, -1L, 0L);
    assertThat(run(0, "licences", "cloud")).contains("no seat is free");
    assertThat(ours.run("licences", "nowhere").exit()).isEqualTo(2);
  }

  @Test
  void theLastDaySaysWhatThereIs() {
    target(Kind.SCIM);
    planAndApply(ANN, BOB);
    try (var place = ours.open()) {
      place.ledgers().record();
      assertThat(ours.rows("select target || ' ' || sku || ' ' || used from target_licence_day"))
          .contains("cloud CX1 2");
      ours.sql("update target_licence_day set sku = 'CX9' where sku = 'CX1'");
      place.ledgers().record();
      assertThat(ours.rows("select sku from target_licence_day")).contains("CX1", "CX2").hasSize(2);
    }
  }

  /// To the console, the admin API, metrics and receivers of notifications.
  @Test
  void whatIsCountedIsShownAndToldOf() {
    target(Kind.SCIM);
    make("old@x.example", "Agent");
    planAndApply(ANN);
    try (var hook = new TestHook()) {
      ours.variable("HOOK", hook.address("ops").toString())
          .variable("SECRET", "a-secret-that-nobody-guesses")
          .replacing(
              "sources:\n",
              "server: {metrics: {token: \"${env:ACME_TOKEN}\"}}\nnotify: {receivers: {ops:"
                  + " {webhook: {url: \"${env:HOOK}\", secret: \"${env:SECRET}\"}}}}\nsources:\n");
      try (var place = ours.serve()) {
        place.ledgers().record();
        NotifierSteps.once(place.notifier());
        assertThat(hook.taken().stream().map(got -> got.json().at("/data/title").asString("")))
            .containsExactly("cloud: 2 of 2 seats of CX1 are used");
        var metrics = new ScimCalls(place.base(), Site.TOKEN).send("GET", "/metrics", "").body();
        assertThat(metrics)
            .contains("tenure_target_licence_seats_used{sku=\"CX1\",target=\"" + server.base())
            .containsPattern("tenure_target_licence_seats_purchased\\{sku=\"CX2\".*} 1.0");
        api(place);
        console(place);
      }
    }
  }

  private void api(Workplace place) {
    var token = place.adminTokens().create("ops", Role.OPERATOR, Optional.empty());
    var calls = new AdminCalls(place.base(), token.secret().reveal());
    var listed = calls.ask("GET", new Place("/licences", "/licences?target=cloud"), "");
    assertThat(listed.json()).isEqualTo(ours.run("licences", "cloud", "--output", "json").json());
    var found = new Place("/licences/reclaimable", "/licences/reclaimable?target=cloud");
    assertThat(calls.ask("GET", found, "").text("/reclaimable/0/target")).isEqualTo("cloud");
    var none = new Place("/licences", "/licences?target=x");
    assertThat(calls.ask("GET", none, "").status()).isEqualTo(404);
    var reclaim = new Place("/targets/{target}/reclaim", "/targets/cloud/reclaim");
    var begun = calls.ask("POST", reclaim, "");
    assertThat(begun.status()).isEqualTo(202);
    assertThat(begun.text("/what")).isEqualTo("target/cloud");
    var job = new Place("/jobs/{job}", "/jobs/" + begun.text("/id"));
    assertThat(Product.until(() -> !calls.ask("GET", job, "").text("/state").equals("running")))
        .isTrue();
    assertThat(calls.ask("GET", job, "").json().at("/result/changes").asInt()).isEqualTo(1);
  }

  private static void console(Workplace place) {
    var browser = new Browser(place.base());
    var made = place.consoleUsers().first().orElseThrow();
    browser.signIn(made.name(), made.password().reveal());
    assertThat(browser.get("/console/licences").body())
        .contains("Used seats cost <strong>150.00 EUR", "Comes with Agent", "old@x.example")
        .contains("tenure licences cloud --reclaim", "2 of 2 used");
    assertThat(browser.get("/console").body()).contains("2 of 2 used");
    var again =
        browser.post("/console/licences", "/console/licences/target/cloud/reclaim", Map.of());
    assertThat(again.statusCode()).isBetween(200, 303);
  }

  @Test
  void whatIsSaidTwiceOrOfNobodyIsAMistake() {
    target(Kind.SCIM);
    ours.replacing("flows:\n", "  own: {organization: own, licences: {A: {seats: 1}}}\nflows:\n");
    ours.replacing("flows:\n", "organizations: {own: {}}\nflows:\n");
    var checked = ours.run("check");
    assertThat(checked.exit()).isEqualTo(2);
    assertThat(checked.err() + checked.out())
        .contains("targets.own.licences: the licences of the organization itself count here")
        .contains("write them under organizations.own.licences, and its roles");
  }
}
