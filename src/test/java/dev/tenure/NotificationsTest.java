package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.access.Role;
import dev.tenure.cli.Workplace;
import dev.tenure.id.FlowId;
import dev.tenure.notify.NotifierSteps;
import dev.tenure.notify.TestHook;
import dev.tenure.notify.TestHook.Got;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.testkit.Product;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What really happens is found, and told: each kind from where it comes.
class NotificationsTest {
  private static final FlowId FLOW = new FlowId("people");
  private static final String YAML =
      """
      server: {url: "https://tenure.example.com"}
      notify:
        leaverLate: 1m
        licenceLow: 80%
        receivers:
          ops: {webhook: {url: "${env:HOOK}", secret: "${env:HOOK_SECRET}"}}
      sources:
        hr: {csv: {file: people.csv, key: id}}
      targets:
        acme: {organization: acme}
      organizations:
        acme:
          licences: {CX1: {seats: 5, price: 75.00}}
          roles: {agent: {licence: CX1}}
          clients:
            idp: {token: "${env:ACME_TOKEN}"}
            old: {token: "${env:OLD_TOKEN}", expires: 2099-01-01}
      flows:
        people:
          source: hr
          target: acme
          every: 1h
          follow: false
          match: [externalId, userName]
          map: {userName: mail, roles: '["agent"]'}
      """;

  private static final List<String> PEOPLE =
      List.of(
          "E1,ann@example.com",
          "E2,bob@example.com",
          "E3,cyd@example.com",
          "E4,dan@example.com",
          "E5,eve@example.com");

  private final TestHook hook = new TestHook();
  private final Site site =
      Site.with(YAML)
          .file("people.csv", "id,mail\n" + PEOPLE.getFirst() + "\n")
          .variable("OLD_TOKEN", "the-token-of-what-came-before")
          .variable("HOOK", hook.address("ops").toString())
          .variable("HOOK_SECRET", "a-secret-that-nobody-guesses");

  @AfterEach
  void close() {
    site.close();
    hook.close();
  }

  private void people(int count) {
    site.file("people.csv", "id,mail\n" + String.join("\n", PEOPLE.subList(0, count)) + "\n");
  }

  private static void turn(Workplace place) throws InterruptedException {
    place.cycle().turn(place.flow(FLOW), true);
  }

  /// The titles of what is told now of this kind.
  private List<String> told(Workplace place, String kind) {
    int before = hook.taken().size();
    NotifierSteps.once(place.notifier());
    return hook.taken().stream()
        .skip(before)
        .filter(got -> got.json().path("type").asString("").equals(kind))
        .map(NotificationsTest::title)
        .toList();
  }

  private static String title(Got got) {
    return got.json().at("/data/title").asString("");
  }

  @Test
  void aPoolIsToldWhenItIsNearlyAndWhenItIsUsedUp() throws InterruptedException {
    try (var place = site.open()) {
      people(3);
      turn(place);
      assertThat(told(place, "licence-low")).isEmpty();
      people(4);
      turn(place);
      assertThat(told(place, "licence-low")).containsExactly("acme: 4 of 5 seats of CX1 are used");
      assertThat(told(place, "licence-low")).isEmpty();
      var got = hook.taken().getLast().json().path("data");
      assertThat(got.path("flows").path(0).asString("")).isEqualTo("people");
      assertThat(got.path("url").asString(""))
          .isEqualTo("https://tenure.example.com/console/licences");
      assertThat(got.path("details").path("seats").intValue()).isEqualTo(5);
    }
  }

  @Test
  void aLeaverWhoIsStillInsideIsToldHoweverOftenTheyArePlanned() throws InterruptedException {
    try (var place = site.open()) {
      people(5);
      turn(place);
      place.pauses().pause(FLOW, "maintenance", false);
      people(4);
      turn(place);
      assertThat(told(place, "leaver-late")).isEmpty();
      // Planned anew meanwhile, with somebody else: it counts from the first plan.
      site.sql("update plan set made_at = made_at - interval '2 minutes'");
      site.file(
          "people.csv",
          "id,mail\n" + String.join("\n", PEOPLE.subList(0, 3)) + "\nE4,dora@example.com\n");
      turn(place);
      assertThat(told(place, "leaver-late")).containsExactly("people: 1 leaver is still inside");
      assertThat(bodies()).doesNotContain("eve@", "E5");
      place.pauses().resume(FLOW);
      turn(place);
      assertThat(told(place, "leaver-late")).isEmpty();
      site.sql("update notice set gone_at = gone_at - interval '1 hour' where gone_at is not null");
      assertThat(told(place, "leaver-late")).containsExactly("people: 1 leaver is still inside");
      assertThat(hook.taken().getLast().state()).isEqualTo("over");
    }
  }

  @Test
  void conflictsAreToldWithoutNames() {
    people(2);
    try (var place = site.serve()) {
      Site.calls(place, "acme")
          .create(
              """
              {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
               "userName": "bob@example.com", "externalId": "somebody-else"}\
              """);
      place.runFlows();
      var got = awaited(place, "conflicts", () -> {});
      assertThat(title(got)).isEqualTo("people: 1 conflict");
      assertThat(got.json().at("/data/remedy").asString("")).isEqualTo("tenure reconcile people");
      assertThat(bodies()).doesNotContain("bob@", "somebody-else");
      NotifierSteps.once(place.notifier());
      assertThat(of("conflicts")).hasSize(1);
    }
  }

  /// Without the signatures, in which any letters may stand.
  private String bodies() {
    return hook.taken().stream().map(got -> got.json().toString()).collect(Collectors.joining());
  }

  private List<Got> of(String kind) {
    return hook.taken().stream()
        .filter(got -> got.json().path("type").asString("").equals(kind))
        .toList();
  }

  /// What is told first of this kind; `before` is done before each look.
  private Got awaited(Workplace place, String kind, Runnable before) {
    var isTold =
        Product.until(() -> {
          before.run();
          NotifierSteps.once(place.notifier());
          return !of(kind).isEmpty();
        });
    assertThat(isTold).as(kind).isTrue();
    return of(kind).getFirst();
  }

  @Test
  void whatMayPassIsToldAfterAWhile() {
    try (var place = site.serve()) {
      site.file("people.csv", "id,mail\n");
      place.runFlows();
      var budget = place.flow(FLOW).target().budget();
      var down = new Problem(Code.TARGET_UNREACHABLE, "down", Map.of(), "wait");
      for (int i = 0; i < 20; i++) budget.worked("person " + i, Optional.of(down));
      var isSeen =
          Product.until(() -> {
            NotifierSteps.once(place.notifier());
            return site.rows("select kind from notice where told_at is null").size() == 2;
          });
      assertThat(isSeen).isTrue();
      assertThat(hook.taken()).isEmpty();
      Runnable later = () -> site.sql("update notice set seen_at = seen_at - interval '1 hour'");
      assertThat(title(awaited(place, "target-quarantined", later)))
          .isEqualTo("organization/acme fails as a whole (TARGET_UNREACHABLE); its changes wait");
      assertThat(title(awaited(place, "source-unreadable", later)))
          .startsWith("people: the source does not give all that it has (SOURCE_");
    }
  }

  @Test
  void whatEndsSoonIsToldUnlessThereIsAnother() {
    try (var place = site.open()) {
      site.sql("update token set created = now() - interval '90 days' where client = 'old'");
      ends("15 days");
      assertThat(told(place, "credential-expiring")).isEmpty();
      ends("13 days");
      var expected = told(place, "credential-expiring");
      assertThat(expected).singleElement().asString().startsWith("acme: what the client 'old'");
      assertThat(hook.taken().getLast().json().at("/data/remedy").asString(""))
          .contains("tenure.yaml");
      site.sql(
          "insert into token (organization, hash, client, kind, created)"
              + " values ('acme', 'another', 'old', 'issued', now())");
      forget(place);
      assertThat(told(place, "credential-expiring")).isEmpty();
      site.sql("update token set last_used = now() where client = 'old'");
      assertThat(told(place, "credential-expiring")).isEqualTo(expected);
    }
  }

  private void ends(String time) {
    site.sql("update token set expires_at = now() + interval '" + time + "' where client = 'old'");
  }

  /// Until what is over was told.
  private void forget(Workplace place) {
    NotifierSteps.once(place.notifier());
    site.sql("update notice set gone_at = gone_at - interval '1 hour'");
    NotifierSteps.once(place.notifier());
    assertThat(hook.taken().getLast().state()).isEqualTo("over");
  }

  @Test
  void aReceiverIsTried() {
    var good = site.run("notify", "test", "ops");
    assertThat(good.exit()).as(good.err()).isZero();
    assertThat(good.out()).isEqualTo("ops: answered 204\n");
    hook.answer(_ -> 401);
    var bad = site.run("notify", "test", "ops", "--output", "json");
    assertThat(bad.exit()).isEqualTo(1);
    assertThat(bad.problems()).containsExactly("NOTIFY_FAILED");
    var unknown = site.run("notify", "test", "opps", "--output", "json");
    assertThat(unknown.exit()).isEqualTo(2);
    assertThat(unknown.problems()).containsExactly("NOTIFY_UNKNOWN");
    assertThat(
            site.rows(
                "select action || ' ' || (detail->>'taken') from audit_trail"
                    + " where log = 'system/notify' order by id"))
        .containsExactly("notify.tested true", "notify.tested false");
    assertThat(site.run("audit", "system/notify").out()).contains("notify.tested");
    assertThat(site.run("notify", "told").out())
        .containsSubsequence("state", "given up", "answered 401", "taken", "answered 204");
    var told = site.run("notify", "told", "--limit", "1", "--output", "json").json();
    assertThat(told.at("/messages/0/state").asString("")).isEqualTo("given up");
    assertThat(told.path("messages").size()).isEqualTo(1);
  }

  /// Who looks sees who is told and what is wrong; an operator tries it.
  @Test
  void theConsoleShowsWhoIsToldWhatWaitsAndWhatWasTold() throws InterruptedException {
    people(4);
    try (var place = site.serve()) {
      var browser = new Browser(place.base());
      browser.signIn("admin", place.consoleUsers().first().orElseThrow().password().reveal());
      var page = "/console/notifications";
      assertThat(browser.get(page).body())
          .contains("is told of everything", "tenure notify test ops", "Nothing was told yet")
          .doesNotContain("a-secret-that");
      hook.answer(_ -> 503);
      browser.post(page, page + "/ops/test", Map.of());
      assertThat(awaits(browser, "did not take the message: answered 503")).isTrue();
      turn(place);
      NotifierSteps.once(place.notifier());
      assertThat(awaits(browser, "takes nothing")).isTrue();
      assertThat(browser.get(page).body())
          .contains("acme: 4 of 5 seats of CX1 are used", "look at url and secret", "Tried again")
          .contains("href=\"/console/licences\"");
      hook.answer(_ -> 204);
      browser.post(page, page + "/ops/test", Map.of());
      assertThat(awaits(browser, "It took the test: answered 204.")).isTrue();
      assertThat(browser.post(page, page + "/nobody/test", Map.of()).statusCode()).isEqualTo(404);
      var viewer = new Browser(place.base());
      var made = place.consoleUsers().add("vera", Role.VIEWER);
      viewer.signIn("vera", made.password().reveal());
      assertThat(viewer.get(page).body()).contains("answered 204").doesNotContain("Send a test");
      assertThat(viewer.post(page, page + "/ops/test", Map.of()).statusCode()).isEqualTo(403);
    }
  }

  private static boolean awaits(Browser browser, String words) {
    return Product.until(() -> browser.get("/console/notifications").body().contains(words));
  }

  @Test
  void whatIsConfiguredWhileItRunsCounts() {
    people(5);
    try (var place = site.serve()) {
      assertThat(place.notifier().receivers()).hasSize(1);
      place.runFlows();
      site.replacing("    ops: {webhook: {", "    ops: &it {webhook: {");
      site.replacing("sources:", "    more: *it\nsources:");
      assertThat(Product.until(() -> place.notifier().receivers().size() == 2)).isTrue();
    }
  }
}
