package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.access.Role;
import dev.tenure.audit.AuditLog.Search;
import dev.tenure.cli.Workplace;
import dev.tenure.id.FlowId;
import dev.tenure.testkit.Product;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// The console over plain HTTP: who comes in, what they may do, what pages show and how they are
/// escaped.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleTest {
  static final String YAML =
      """
      server: {port: 0}
      sources:
        company:
          csv: {file: people.csv, key: id}
      targets:
        acme: {organization: acme}
      organizations:
        acme:
          licences:
            CX1: {seats: 20, price: 75.00}
          roles:
            Agent: {licence: CX1}
          clients:
            idp: {token: "${env:ACME_TOKEN}"}
      flows:
        people:
          source: company
          target: acme
          every: 1h
          map:
            userName: mail
            "name.givenName": given
            "name.familyName": family
            'emails[type eq "work"].value': mail
            department: department
            roles: '["Agent"]'
      """;

  private static final List<String> PAGES =
      List.of(
          "/console",
          "/console/plans",
          "/console/people",
          "/console/conflicts",
          "/console/licences",
          "/console/organizations",
          "/console/organizations/acme",
          "/console/organizations/acme/users",
          "/console/organizations/acme/groups",
          "/console/organizations/acme/clients",
          "/console/organizations/acme/sessions",
          "/console/organizations/acme/streams",
          "/console/notifications",
          "/console/audit",
          "/console/audit?log=system%2Fconsole",
          "/console/account");

  private static Site site;
  private static Workplace place;
  private static String password;
  private Browser browser;

  @BeforeAll
  static void serve() throws InterruptedException {
    site = Site.with(YAML);
    people(1, "<script>alert(1)</script>");
    place = site.serve();
    password = place.consoleUsers().first().orElseThrow().password().reveal();
    place.cycle().plan(place.flow(new FlowId("people")));
  }

  @AfterAll
  static void close() {
    place.close();
    site.close();
  }

  @BeforeEach
  void open() {
    browser = new Browser(place.base());
  }

  /// Twelve people from this number on; the first is called so.
  private static void people(int from, String family) {
    var csv = new StringBuilder("id,mail,given,family,department\n");
    for (var i = from; i <= 12; i++) {
      var name = i == 1 ? "\"" + family + "\"" : "Person" + i;
      var department = i <= 8 ? "Sales" : "Service";
      csv.append("E%d,p%d@x.example,=cmd(),%s,%s\n".formatted(i, i, name, department));
    }
    site.file("people.csv", csv.toString());
  }

  private Browser in() {
    assertThat(browser.signIn("admin", password).statusCode()).isEqualTo(303);
    return browser;
  }

  private Browser as(Role role) {
    var name = role.word() + "-" + System.nanoTime();
    var made = place.consoleUsers().add(name, role);
    assertThat(browser.signIn(name, made.password().reveal()).statusCode()).isEqualTo(303);
    return browser;
  }

  private static List<String> actions() {
    return new ArrayList<>(
        place.audit().search(Search.newest("system/console", 100)).stream()
            .map(e -> e.actor() + " " + e.action())
            .toList());
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @Test
  @Order(1)
  void nobodyComesInWithoutSigningIn() {
    for (var page : PAGES) {
      var answer = browser.get(page);
      assertThat(answer.statusCode()).as(page).isEqualTo(303);
      assertThat(header(answer, "Location")).startsWith("/console/sign-in?next=%2Fconsole");
    }
    assertThat(header(browser.get("/"), "Location")).isEqualTo("/console");
    assertThat(browser.get("/console/assets/x/console.css").statusCode()).isEqualTo(200);
    assertThat(browser.get("/console/assets/x/secret").statusCode()).isEqualTo(404);
    assertThat(browser.bare("/console/plans/people/make", Map.of(), "A", "b").statusCode())
        .isEqualTo(303);
  }

  @Test
  @Order(2)
  void signInSetsACookieThatScriptsAndOtherSitesDoNotGetAndIsAudited() {
    var answer = browser.signIn("admin", password);
    assertThat(header(answer, "Location")).isEqualTo("/console/plans");
    assertThat(header(answer, "Set-Cookie"))
        .startsWith("tenure=")
        .contains("HttpOnly", "SameSite=Strict", "Path=/");
    assertThat(browser.get("/console").statusCode()).isEqualTo(200);
    var out = browser.post("/console", "/console/sign-out", Map.of());
    assertThat(out.statusCode()).isEqualTo(303);
    assertThat(browser.get("/console").statusCode()).isEqualTo(303);
    assertThat(browser.signIn("admin", "wrong password").statusCode()).isEqualTo(401);
    assertThat(browser.signIn("nobody", "wrong password").body())
        .contains("Name or password is wrong");
    assertThat(actions())
        .contains("console:admin console.sign-in", "console:admin console.sign-out")
        .contains("console console.sign-in.failed");
    assertThat(place.audit().search(Search.newest("system/console", 100)).toString())
        .doesNotContain("wrong password", password);
  }

  @Test
  @Order(3)
  void signInLeadsToOurOwnPagesOnly() {
    for (var next : List.of("https://evil.example", "//evil.example", "/console//evil", "/x")) {
      var fields = Map.of("name", "admin", "password", password, "next", next);
      var answer = browser.bare("/console/sign-in", fields, "Accept", "text/html");
      assertThat(header(answer, "Location")).as(next).isEqualTo("/console");
    }
    var fields = Map.of("name", "admin", "password", password);
    var foreign = browser.bare("/console/sign-in", fields, "Origin", "https://evil.example");
    assertThat(foreign.statusCode()).isEqualTo(403);
  }

  @Test
  @Order(4)
  void everyPageIsShownWithAPolicyThatLetsNothingForeignIn() {
    in();
    for (var page : PAGES) {
      var answer = browser.get(page);
      assertThat(answer.statusCode()).as(page + answer.body()).isEqualTo(200);
      assertThat(header(answer, "Content-Security-Policy"))
          .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
      assertThat(answer.body())
          .as(page)
          .doesNotContain("style=", "onclick", "\"http://", "\"https://", "//cdn", "<style")
          .contains("<html lang=\"en\"", "<h1>", "On the command line");
    }
    assertThat(browser.get("/console/nowhere").statusCode()).isIn(404, 405);
    assertThat(browser.get("/console/plans/people/77").statusCode()).isEqualTo(404);
    assertThat(browser.get("/console/plans/nobody/1").statusCode()).isEqualTo(404);
    assertThat(browser.get("/console/audit?from=yesterday").statusCode()).isEqualTo(400);
  }

  @Test
  @Order(5)
  void whatPeopleAreCalledIsNeverMarkup() {
    in();
    for (var page :
        List.of("/console/plans/people/1", "/console/people", "/console/people/people/E1")) {
      var body = browser.get(page).body();
      assertThat(body).as(page).contains("&lt;script").doesNotContain("<script>alert");
    }
    var search = browser.get("/console/people?q=%3Cscript%3E%22%27%26%3A*").body();
    assertThat(search).doesNotContain("<script>");
    var csv = browser.get("/console/plans/people/1/export?as=csv");
    assertThat(csv.body()).contains("\"'=cmd()\"").doesNotContain(",\"=cmd");
    assertThat(header(csv, "Content-Disposition")).contains("plan-people-1.csv");
    assertThat(browser.get("/console/plans/people/1/export?as=json").body())
        .startsWith("[\n{\"lane\":\"joiner\"");
  }

  @Test
  @Order(6)
  void peopleAreFoundByKeyAndByAnyWord() {
    in();
    assertThat(browser.get("/console/people?q=E3").body()).contains("p3@x.example");
    assertThat(browser.get("/console/people?q=person7").body())
        .contains("p7@x.example")
        .doesNotContain("p8@x.example");
    assertThat(browser.get("/console/people?q=serv").body())
        .contains("p9@x.example")
        .doesNotContain("p1@x.example");
    assertThat(browser.get("/console/people?q=zzz").body()).contains("Nobody has a value");
  }

  @Test
  @Order(7)
  void aFormFromElsewhereDoesNothing() {
    in();
    var make = "/console/plans/people/make";
    assertThat(browser.bare(make, Map.of(), "Accept", "*/*").statusCode()).isEqualTo(403);
    assertThat(browser.bare(make, Map.of("csrf", "x"), "Accept", "*/*").statusCode())
        .isEqualTo(403);
    var right = Map.of("csrf", browser.csrf("/console"));
    assertThat(browser.bare(make, right, "Origin", "https://evil.example").statusCode())
        .isEqualTo(403);
    assertThat(place.plans().list(new FlowId("people"), 9)).hasSize(1);
  }

  @Test
  @Order(8)
  void viewersLookAndOperatorsAct() {
    as(Role.VIEWER);
    var page = browser.get("/console/plans/people/1");
    assertThat(page.body()).contains("Person7").doesNotContain("Apply: send");
    var refused = browser.post("/console", "/console/plans/people/1/apply", Map.of());
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("this needs the role operator");
    var operator = new Browser(place.base());
    browser = operator;
    as(Role.OPERATOR);
    assertThat(operator.get("/console/plans/people/1").body()).contains("Apply: send 12 requests");
    var apply = operator.post("/console", "/console/plans/people/1/apply", Map.of());
    assertThat(header(apply, "Location")).startsWith("/console/plans/people/1?said=started");
    var live = operator.get("/console/plans/people/1/live");
    assertThat(header(live, "Content-Type")).startsWith("text/event-stream");
    assertThat(live.body()).contains("event: end", "12 of 12 done");
    assertThat(operator.get("/console/people/people/E7").body())
        .contains("change.done", "user.created", "CX1", "Account");
    assertThat(
            place.audit().search(Search.newest("flow/people", 50)).stream()
                .filter(e -> e.action().equals("plan.applied"))
                .map(e -> e.actor()))
        .singleElement()
        .matches(actor -> actor.toString().startsWith("console:operator-"));
  }

  @Test
  @Order(9)
  void aHeldClusterIsApprovedAndItsStoryIsTold() throws InterruptedException {
    people(9, "");
    place.cycle().plan(place.flow(new FlowId("people")));
    in();
    var page = browser.get("/console/plans/people/2").body();
    assertThat(page).contains("department=Sales vanished", "Approve these 8");
    var fields = Map.of("cluster", "department=Sales vanished");
    var approved = browser.post("/console", "/console/plans/people/2/approve", fields);
    assertThat(header(approved, "Location")).endsWith("said=approved.8");
    assertThat(browser.get(header(approved, "Location")).body())
        .contains("8 changes are released", "Apply: send 8 requests");
    browser.post("/console", "/console/plans/people/2/apply", Map.of());
    assertThat(browser.get("/console/plans/people/2/live").body()).contains("8 of 8 done");
    theStepsOfALeaverStandBelowThem();
    var audit = browser.get("/console/audit?log=flow%2Fpeople&action=plan.approved").body();
    assertThat(audit).contains("console:admin", "/console/audit/story?id=");
    var id = audit.replaceAll("(?s).*?/console/audit/story\\?id=([^\"]+)\".*", "$1");
    assertThat(browser.get("/console/audit/story?id=" + id).body()).contains("change.approved");
    assertThat(browser.get("/console/audit/export?log=flow%2Fpeople&as=csv").body())
        .startsWith("\"log\",\"id\"");
    assertThat(browser.get("/console/people?q=E1").body()).contains("gone from the source");
  }

  private void theStepsOfALeaverStandBelowThem() {
    var page = "/console/plans/people/2";
    assertThat(browser.get(page).body()).doesNotContain("Steps of p3@x.example");
    site.sql(
        """
        update change set steps = jsonb_build_array(
          jsonb_build_object('step', 'revoke-sessions', 'readBack', 'unread', 'at', now()),
          jsonb_build_object('step', 'remove-roles'))
        where flow = 'people' and plan = 2 and person = 'E3'\
        """);
    assertThat(browser.get(page).body())
        .contains("Steps of p3@x.example", "revoke-sessions", "not readable", "remove-roles")
        .contains(">open<");
  }

  @Test
  @Order(10)
  void conflictsAreLookedForBesideThePage() {
    in();
    assertThat(browser.get("/console/conflicts").body()).contains("Nobody has looked");
    browser.post("/console", "/console/conflicts/people/look", Map.of());
    assertThat(
            Product.until(
                () -> browser.get("/console/conflicts").body().matches("(?s).*\\d+ conflicts.*")))
        .isTrue();
    browser.post("/console", "/console/audit/verify", Map.of("log", "flow/people"));
    assertThat(
            Product.until(
                () -> browser.get("/console/audit?log=flow%2Fpeople").body().contains("Intact: ")))
        .isTrue();
  }

  @Test
  @Order(11)
  void aRoleIsTakenAndAUserIsGoneAtOnce() {
    var made = place.consoleUsers().add("temp", Role.OPERATOR);
    browser.signIn("temp", made.password().reveal());
    assertThat(browser.get("/console").body()).contains("temp", "operator");
    place.consoleUsers().role("temp", Role.VIEWER);
    assertThat(browser.get("/console").body()).contains("viewer");
    place.consoleUsers().remove("temp");
    assertThat(browser.get("/console").statusCode()).isEqualTo(303);
    assertThat(actions()).contains("system console.user.removed");
    assertThat(site.run("admin", "list").out()).contains("admin", "administrator");
    assertThat(site.run("admin", "remove", "admin").err()).contains("CONSOLE_LAST_ADMINISTRATOR");
  }

  @Test
  @Order(12)
  void whoGuessesIsSlowedDown() {
    for (int i = 0; i < 5; i++) browser.signIn("victim", "wrong password " + i);
    var slowed = browser.signIn("victim", "wrong password");
    assertThat(slowed.statusCode()).isEqualTo(429);
    assertThat(Integer.parseInt(header(slowed, "Retry-After"))).isBetween(1, 900);
    assertThat(actions()).contains("console console.sign-in.slowed");
  }

  @Test
  @Order(13)
  void onesOwnPasswordIsChangedAndEndsOtherSessions() {
    var made = place.consoleUsers().add("ann", Role.VIEWER);
    var other = new Browser(place.base());
    other.signIn("ann", made.password().reveal());
    browser.signIn("ann", made.password().reveal());
    assertThat(browser.get("/console").body()).contains("Somebody else has seen your password");
    var next = "correct horse battery staple";
    var wrong = Map.of("before", "x", "after", next, "again", next);
    assertThat(browser.post("/console", "/console/account", wrong).statusCode()).isEqualTo(422);
    var weak = Map.of("before", made.password().reveal(), "after", "short", "again", "short");
    assertThat(browser.post("/console", "/console/account", weak).body()).contains("at least 15");
    var right = Map.of("before", made.password().reveal(), "after", next, "again", next);
    assertThat(browser.post("/console", "/console/account", right).statusCode()).isEqualTo(303);
    assertThat(browser.get("/console").body()).doesNotContain("Somebody else has seen");
    assertThat(other.get("/console").statusCode()).isEqualTo(303);
  }
}
