package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.cli.Workplace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `tenure evict` over HTTP: out of two organizations at once, whatever the source says.
class EvictTest {
  private static final String YAML =
      """
      sources:
        hr: {csv: {file: people.csv, key: id, minimumRows: 1}}
      targets:
        acme: {organization: acme}
        zeta: {organization: zeta}
      organizations:
        acme: {clients: {idp: {token: "${env:ACME_TOKEN}"}}}
        zeta: {clients: {idp: {token: "${env:ACME_TOKEN}"}}}
      flows:
        people:
          source: hr
          target: acme
          match: [externalId]
          map: {userName: mail, title: title}
          guard: {leavers: 0}
        others:
          source: hr
          target: zeta
          match: [externalId]
          map: {userName: mail}
          scope: {protect: [{when: 'title == "Board"', reason: the board}]}
      """;

  private static final String HIRED =
      "id,mail,title\nE1,ann@example.com,Agent\nE2,bob@example.com,Agent\n";

  private final Site site = Site.with(YAML);

  @BeforeEach
  void hire() {
    site.file("people.csv", HIRED);
    both(0);
  }

  @AfterEach
  void close() {
    site.close();
  }

  private Site.Ran run(int exit, String... words) {
    var ran = site.run(words);
    assertThat(ran.exit()).as(ran.out() + ran.err()).isEqualTo(exit);
    return ran;
  }

  @Test
  void theConsoleShowsAPersonsAccountsInOtherFlows() {
    try (var place = site.serve()) {
      var browser = new Browser(place.base());
      var made = place.consoleUsers().first().orElseThrow();
      browser.signIn(made.name(), made.password().reveal());
      assertThat(browser.get("/console/people/people/E2").body())
          .contains("In other flows", "/console/people/others/E2", "/console/organizations/zeta/")
          .contains("0 live sessions");
    }
  }

  private void both(int exit) {
    for (var flow : new String[] {"people", "others"}) {
      run(exit, "plan", flow);
      run(exit, "apply", flow);
    }
  }

  private static boolean isActive(Workplace workplace, String organization, String userName) {
    return Site.calls(workplace, organization).user(userName).path("active").asBoolean(true);
  }

  private void assertActive(String userName, boolean active) {
    try (var workplace = site.open()) {
      for (var organization : new String[] {"acme", "zeta"}) {
        assertThat(isActive(workplace, organization, userName))
            .as(userName + " in " + organization)
            .isEqualTo(active);
      }
    }
  }

  @Test
  void outEverywhereAndStaysOutUntilItIsLifted() {
    site.file("people.csv", "id,mail,title\nE1,ann@example.com,Lead\nE2,bob@example.com,Lead\n");
    var evicted = run(0, "evict", "bob@example.com", "--reason", "stolen laptop").out();
    assertThat(evicted).contains("people", "others", "out").doesNotContain("INSIDE");
    assertActive("bob@example.com", false);
    assertActive("ann@example.com", true);
    assertThat(run(0, "explain", "people", "E2").out()).contains("evicted by cli: stolen laptop");

    both(0);
    assertActive("bob@example.com", false);
    assertThat(run(0, "evict", "E2").out()).contains("was out already");
    assertThat(run(0, "receipts", "people").out()).contains("bob@example.com", "out, read back");

    run(0, "evict", "E2", "--lift");
    assertThat(run(0, "evict", "E2", "--lift").out()).contains("was not evicted");
    both(0);
    assertActive("bob@example.com", true);
    var log = run(0, "audit", "flow/people", "--person", "E2", "--output", "json").json();
    assertThat(log.findValuesAsString("action")).contains("person.evicted", "eviction.lifted");
  }

  @Test
  void whereItCannotBeSentThatIsSaidAndItHoldsNevertheless() {
    run(0, "pause", "others");
    var ran = run(1, "evict", "E2", "--output", "json").json();
    assertThat(ran.at("/evicted/0/flow").asString("") + ran.at("/evicted/0/out"))
        .isIn("peopletrue", "othersfalse");
    run(0, "resume", "others");
    both(0);
    assertActive("bob@example.com", false);
  }

  @Test
  void whoseAccountWaitsToBeMadeGetsNone() {
    site.file("people.csv", HIRED + "E3,cyd@example.com,X\n");
    run(0, "pause", "others");
    run(0, "plan", "others");
    run(1, "apply", "others");
    assertThat(run(0, "evict", "cyd@example.com").out()).contains("was out already");
    run(0, "resume", "others");
    both(0);
    try (var workplace = site.open()) {
      assertThat(Site.calls(workplace, "zeta").total("userName eq \"cyd@example.com\"")).isZero();
    }
  }

  @Test
  void ofWhoIsProtectedNobodyIsToldThatTheyAreOut() {
    site.file("people.csv", HIRED.replace("E2,bob@example.com,Agent", "E2,bob@example.com,Board"));
    both(0);
    var ran = run(1, "evict", "E2", "--flow", "others", "--output", "json").json();
    assertThat(ran.findValuesAsString("code")).containsExactly("PERSON_PROTECTED");
    assertThat(run(0, "evict", "E2", "--flow", "people").out()).contains("out");
  }

  @Test
  void nobodyKnowsAStranger() {
    assertThat(run(1, "evict", "nobody", "--output", "json").problems())
        .containsExactly("PERSON_UNKNOWN");
  }
}
