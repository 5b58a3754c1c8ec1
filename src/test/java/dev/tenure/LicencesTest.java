package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.cli.Workplace;
import dev.tenure.id.FlowId;
import dev.tenure.testkit.Product;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// `docs/licences.md`: its example runs, and what it says of evidence and full pools is so.
class LicencesTest {
  private static final String PAGE = page();

  private final Site site = Site.with(block("```yaml\n")).file("people.csv", block("```csv\n"));

  private static String page() {
    try {
      return Files.readString(Path.of("docs/licences.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The block that begins with this.
  private static String block(String opening) {
    var from = PAGE.indexOf('\n', PAGE.indexOf(opening)) + 1;
    return PAGE.substring(from, PAGE.indexOf("```", from));
  }

  private static String shown(String words) {
    var from = PAGE.indexOf("```\n", PAGE.indexOf(words)) + 4;
    return PAGE.substring(from, PAGE.indexOf("```", from));
  }

  @AfterEach
  void close() {
    site.close();
  }

  private String run(int exit, String... words) {
    var ran = site.run(words);
    assertThat(ran.exit()).as(ran.out() + ran.err()).isEqualTo(exit);
    return ran.out();
  }

  private static String today() {
    return LocalDate.now(ZoneOffset.UTC).toString();
  }

  /// What somebody made by hand, years ago.
  private void anAccountOfNobody() {
    try (var work = Work.at(site)) {
      work.acme()
          .create(
              """
              {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
               "userName": "old@x.example", "roles": [{"value": "Agent"}]}\
              """);
      assertThat(work.seats()).containsEntry("CX1", 1L);
    }
  }

  private List<String> userNames() {
    try (var work = Work.at(site)) {
      return work.acme().users().stream().map(u -> u.path("userName").asString("")).toList();
    }
  }

  private void threeHaveSeats() {
    anAccountOfNobody();
    assertThat(run(0, "plan", "people")).contains("LICENCE_POOL_FULL", "cid@x.example");
    assertThat(run(0, "apply", "people")).contains("3 done");
  }

  @Test
  void whoComesLastWaitsForTheSeatOfNobody() {
    threeHaveSeats();
    assertThat(run(0, "licences").replace(today(), "today"))
        .startsWith(shown("`tenure licences` shows"));
    assertThat(run(0, "licences", "acme", "--reclaimable"))
        .isEqualTo(shown("whose seat could be had back:"));
    assertThat(run(0, "licences", "acme", "--reclaim")).contains("reclaimed: no person has it");
    assertThat(userNames()).doesNotContain("cid@x.example");
    assertThat(run(0, "apply", "people")).contains("1 done");
    assertThat(run(0, "plan", "people")).contains("cid@x.example").doesNotContain("LICENCE_");
    assertThat(run(0, "apply", "people")).contains("1 done");
    var ledger = site.run("licences", "acme", "--output", "json").json().at("/licences/0");
    assertThat(ledger.path("assigned").asLong()).isEqualTo(4);
    assertThat(ledger.path("reserved").asLong(-1)).isZero();
    assertThat(ledger.path("reclaimable").asLong(-1)).isZero();
    assertThat(ledger.path("moneyPerMonth").decimalValue()).isEqualByComparingTo("300");
    assertThat(ledger.path("roles").toString()).isEqualTo("[\"Agent\"]");
  }

  @Test
  void aFreedSeatGoesToTheFirstWhoWaits() {
    threeHaveSeats();
    var csv = block("```csv\n");
    site.file("people.csv", csv.replace("E2,bob@x.example,Agent,2020-02-01\n", ""));
    var plan = run(0, "plan", "people");
    assertThat(plan).contains("bob@x.example", "cid@x.example").doesNotContain("LICENCE_");
    assertThat(run(0, "apply", "people")).contains("2 done");
    try (var work = Work.at(site)) {
      assertThat(work.seats()).containsEntry("CX1", 4L);
    }
  }

  /// Nobody tells that the account of nobody is gone: the flow looks again by itself.
  @Test
  void aRunningFlowGivesTheSeatAsSoonAsItIsFree() {
    site.replacing(
        "    target: acme\n    effective", "    target: acme\n    every: 1s\n    effective");
    try (Workplace place = site.serve()) {
      var acme = Site.calls(place, "acme");
      var old =
          acme.create(
              """
              {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
               "userName": "old@x.example", "roles": [{"value": "Agent"}]}\
              """);
      place.runFlows();
      assertThat(Product.until(() -> acme.users().size() == 4)).isTrue();
      assertThat(Product.until(() -> findings(place).contains("LICENCE_POOL_FULL"))).isTrue();
      assertThat(acme.send("DELETE", "/scim/v2/Users/" + old, "").status()).isEqualTo(204);
      assertThat(Product.until(() -> acme.total("userName eq \"cid@x.example\"") == 1)).isTrue();
    }
  }

  private static String findings(Workplace place) {
    return place.states().of(new FlowId("people")).toString();
  }

  @Test
  void joinersMayBeRefusedOrOverdrawThePool() {
    site.replacing("    map: {", "    whenFull: refuse\n    map: {");
    anAccountOfNobody();
    assertThat(run(0, "plan", "people")).contains("LICENCE_REFUSED", "E3");
    site.replacing("whenFull: refuse", "whenFull: overdraw");
    assertThat(run(0, "plan", "people")).contains("cid@x.example").doesNotContain("LICENCE_");
    assertThat(run(0, "apply", "people")).contains("4 done");
    assertThat(run(0, "licences")).contains("-1");
  }

  @Test
  void whoWillComeIsReserved() {
    site.replacing("seats: 4", "seats: 6");
    var day = LocalDate.now(ZoneOffset.UTC).plusDays(20);
    site.file("people.csv", block("```csv\n") + "E5,eve@x.example,Agent," + day + "\n");
    threeAndCid();
    var ledger = site.run("licences", "acme", "--output", "json").json().at("/licences/0");
    assertThat(ledger.path("reserved").asLong()).isEqualTo(1);
    assertThat(ledger.path("free").asLong()).isEqualTo(1);
    assertThat(ledger.at("/forecast/dry").asString("")).isEqualTo(day.toString());
    assertThat(ledger.at("/forecast/joining").asLong()).isEqualTo(1);
  }

  private void threeAndCid() {
    anAccountOfNobody();
    run(0, "plan", "people");
    assertThat(run(0, "apply", "people")).contains("4 done");
  }

  @Test
  void whoNeverSignsInIsShownAndStays() {
    site.replacing("seats: 4", "seats: 6");
    threeAndCid();
    site.sql("update scim_user set created = now() - interval '200 days'");
    assertThat(run(0, "licences", "acme", "--reclaimable")).doesNotContain("idle");
    site.sql(
        """
        insert into session (organization, id, user_id, round, token_hash, application,
          started_at, expires_at)
        select organization, gen_random_uuid(), id, session_round, sha256(cast(id as text)::bytea),
          'phone', now() - case when document ->> 'userName' = 'ann@x.example'
            then interval '120 days' else interval '1 day' end, now()
        from scim_user where document ->> 'userName' <> 'dee@x.example'\
        """);
    var idle = run(0, "licences", "acme", "--reclaimable");
    assertThat(idle).contains("nobody has signed in since", "nobody has ever signed in");
    assertThat(idle).contains("ann@x.example", "dee@x.example").doesNotContain("bob@x.example");
    assertThat(run(0, "licences", "acme", "--reclaim", "--evidence", "idle"))
        .contains("LICENCE_IN_USE", "ann@x.example");
    assertThat(run(0, "licences", "acme", "--reclaim", "--account", "old@x.example"))
        .contains("old@x.example")
        .doesNotContain("ann@x.example");
    run(2, "licences", "--reclaim");
    run(2, "licences", "nowhere");
  }

  @Test
  void theConsoleShowsWhatIsKnownAndMakesThePlan() {
    threeHaveSeats();
    try (Workplace place = site.serve()) {
      var browser = new Browser(place.base());
      var made = place.consoleUsers().first().orElseThrow();
      browser.signIn(made.name(), made.password().reveal());
      assertThat(browser.get("/console/licences").body()).contains("a minute after the server");
      place.ledgers().record();
      assertThat(browser.get("/console/licences").body())
          .contains("1 seat reserved", "Runs dry on " + today(), "4 of 4 used")
          .contains("1 seat could be had back: 75.00 EUR a month", "orphaned", "no person has it")
          .contains("tenure licences acme --reclaim");
    }
    assertThat(site.rows("select used from licence_day")).containsExactly("4");
  }
}
