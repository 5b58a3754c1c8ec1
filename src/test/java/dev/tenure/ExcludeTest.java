package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.id.PersonKey;
import dev.tenure.plan.Change;
import dev.tenure.plan.Lane;
import dev.tenure.testkit.Product;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `tenure exclude`, and `tenure plan --person`: one person by hand, whatever the rules say.
class ExcludeTest {
  private static final String YAML =
      """
      sources:
        hr: {csv: {file: people.csv, key: id, minimumRows: 1, groups: {column: teams}}}
      targets:
        acme: {organization: acme}
      organizations:
        acme: {clients: {idp: {token: "${env:ACME_TOKEN}"}}}
      flows:
        people:
          source: hr
          target: acme
          every: 1h
          follow: false
          match: [externalId]
          map: {userName: mail, title: title}
          guard: {leavers: 0}
          scope:
            when: 'title != "Guest"'
            protect: [{when: 'title == "Board"', reason: the board}]
      """;

  private static final int ROUNDS = 3;

  private static final String HIRED =
      "id,mail,title,teams\nE1,ann@example.com,Agent,\nE2,bob@example.com,Agent,\n";

  private final Site site = Site.with(YAML);

  @BeforeEach
  void hire() {
    site.file("people.csv", HIRED);
    all(0);
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

  private void all(int exit) {
    run(exit, "plan", "people");
    run(exit, "apply", "people");
  }

  private boolean isActive(String userName) {
    try (var work = Work.at(site)) {
      return work.acme().user(userName).path("active").asBoolean(true);
    }
  }

  private String explained(String person) {
    return run(0, "explain", "people", person).out();
  }

  @Test
  void outOfScopeUntilItIsLiftedAndExplainedForEarlierTimes() {
    var before = Instant.now().toString();
    var made = run(0, "exclude", "people", "bob@example.com", "--reason", "on leave").out();
    assertThat(made).contains("E2 is excluded by cli: on leave", "tenure plan people");
    assertThat(isActive("bob@example.com")).as("nothing is sent by the command").isTrue();
    assertThat(explained("E2"))
        .contains("scope: out, excluded by cli: on leave (out of scope)")
        .contains("would be in: lift the exclusion: tenure exclude people E2 --lift");
    assertThat(run(0, "scope", "people").out())
        .contains("outOfScope: excluded by cli: on leave", "1 in, 1 out");

    assertThat(run(3, "plan", "people").out()).contains("1 leaver", "excluded by cli: on leave");
    run(0, "approve", "people", "2");
    run(0, "apply", "people", "--plan", "2");
    assertThat(isActive("bob@example.com")).isFalse();
    assertThat(isActive("ann@example.com")).isTrue();

    var during = Instant.now().toString();
    run(0, "exclude", "people", "E2", "--lift");
    all(0);
    assertThat(isActive("bob@example.com")).isTrue();
    assertThat(explained("E2")).contains("scope: in");
    assertThat(run(0, "explain", "people", "E2", "--at", during).out())
        .contains("excluded by cli: on leave");
    assertThat(run(0, "explain", "people", "E2", "--at", before).out()).contains("scope: in");
    var log = run(0, "audit", "flow/people", "--person", "E2", "--output", "json").json();
    assertThat(log.findValuesAsString("action")).contains("person.excluded", "exclusion.lifted");
  }

  @Test
  void theListSaysWhoIsExcludedUntilWhenAndWhy() {
    assertThat(run(0, "exclude", "people").out()).contains("nobody is excluded by hand");
    run(0, "exclude", "people", "E1", "--reason", "first");
    run(0, "exclude", "people", "E1", "--reason", "on leave", "--until", "2098-12-31");
    assertThat(run(0, "exclude", "people").out())
        .contains("E1", "cli", "2098-12-31", "on leave")
        .doesNotContain("first", "E2");
    var listed = run(0, "exclude", "people", "--output", "json").json();
    assertThat(listed.at("/exclusions").size()).isEqualTo(1);
    assertThat(listed.at("/exclusions/0/until").asString("")).isEqualTo("2099-01-01T00:00:00Z");
    var lifted = run(0, "exclude", "people", "E1", "--lift", "--output", "json").json();
    assertThat(lifted.at("/exclusions/0/liftedBy").asString("")).isEqualTo("cli");
    assertThat(run(0, "exclude", "people").out()).contains("nobody");
  }

  @Test
  void whatMakesNoSenseIsRefusedWithWhatToDo() {
    site.file("people.csv", HIRED + "E3,cyd@example.com,Board,\n");
    all(0);
    var json = new String[] {"--output", "json"};
    assertThat(run(1, "exclude", "people", "E9", "--reason", "x", json[0], json[1]).problems())
        .containsExactly("PERSON_UNKNOWN");
    assertThat(run(1, "exclude", "people", "E3", "--reason", "x", json[0], json[1]).problems())
        .containsExactly("PERSON_PROTECTED");
    assertThat(run(1, "exclude", "people", "E1", "--lift", json[0], json[1]).problems())
        .containsExactly("EXCLUSION_UNKNOWN");
    for (var until : new String[] {"2020-01-01", "2020-01-01T08:00:00Z", "soon"}) {
      var ran =
          run(2, "exclude", "people", "E1", "--reason", "x", "--until", until, "--output=json");
      assertThat(ran.problems()).as(until).containsExactly("EXCLUSION_UNUSABLE");
    }
    for (var reason : new String[] {" ", "x".repeat(401)}) {
      var ran = run(2, "exclude", "people", "E1", "--reason", reason, "--output=json");
      assertThat(ran.problems()).containsExactly("EXCLUSION_UNUSABLE");
    }
    assertThat(run(2, "exclude", "people", "E1", "--output=json").problems())
        .containsExactly("USAGE");
    assertThat(run(2, "exclude", "people", "--lift", "--output=json").problems())
        .containsExactly("USAGE");
  }

  /// Long before the flow's interval is over, and also while its first turn is under way. It once
  /// was lost where an exclusion came and went between two looks, and the first turn had seen it.
  @Test
  void aRunningServerSeesToItAtOnce() {
    site.replacing("guard: {leavers: 0}", "guard: {leavers: 5}");
    try (var served = site.serve()) {
      served.runFlows();
      var acme = Site.calls(served, "acme");
      BooleanSupplier bob = () -> acme.user("bob@example.com").path("active").asBoolean(true);
      assertThat(bob.getAsBoolean()).isTrue();
      for (var round = 1; round <= ROUNDS; round++) {
        run(0, "exclude", "people", "E2", "--reason", "x");
        assertThat(Product.until(() -> !bob.getAsBoolean())).as("excluded " + round).isTrue();
        run(0, "exclude", "people", "E2", "--lift");
        assertThat(Product.until(bob)).as("lifted " + round).isTrue();
      }
    }
  }

  @Test
  void theNextTurnIsDueWhenItEnds() throws InterruptedException {
    try (var work = Work.at(site)) {
      work.place().cycle().turn(work.flow(), true);
      var excluder = work.place().excluder();
      var term = excluder.term("x", Optional.of("2098-12-31"));
      excluder.exclude(work.flow(), new PersonKey("E2"), term);
      var turn = work.place().cycle().turn(work.flow(), false);
      assertThat(turn.about()).contains(Set.of(new PersonKey("E2")));
      assertThat(turn.nextDue()).contains(Instant.parse("2099-01-01T00:00:00Z"));
      var changes = turn.report().orElseThrow().plan().changes();
      assertThat(changes).extracting(Change::lane).containsExactly(Lane.LEAVER);
      excluder.lift(work.flow(), new PersonKey("E2"));
      assertThat(work.place().cycle().turn(work.flow(), false).about())
          .contains(Set.of(new PersonKey("E2")));
    }
  }

  @Test
  void aPlanForOnePersonLeavesOthersAsTheyAre() {
    site.file("people.csv", HIRED.replace("Agent", "Lead") + "E3,cyd@example.com,Agent,\n");
    var planned = run(0, "plan", "people", "--person", "bob@example.com").out();
    assertThat(planned).contains("'Agent' → 'Lead'", "E2").doesNotContain("E1", "E3");
    run(0, "apply", "people");
    try (var work = Work.at(site)) {
      assertThat(work.acme().user("bob@example.com").path("title").asString("")).isEqualTo("Lead");
      assertThat(work.acme().user("ann@example.com").path("title").asString("")).isEqualTo("Agent");
    }
    assertThat(run(0, "plan", "people", "--person", "E2").out()).contains("nothing to do");
    var joiner = run(0, "plan", "people", "--person", "cyd@example.com", "--output=json").json();
    assertThat(joiner.at("/changes/0/person").asString("")).isEqualTo("E3");
    assertThat(run(1, "plan", "people", "--person", "E9", "--output=json").problems())
        .containsExactly("PERSON_UNKNOWN");
  }

  @Test
  void whoIsErasedLeavesNoExclusion() {
    run(0, "exclude", "people", "E2", "--reason", "a private matter");
    run(0, "exclude", "people", "E2", "--lift");
    run(0, "exclude", "people", "E2", "--reason", "another one");
    run(0, "audit", "erase", "E2", "--yes");
    assertThat(site.rows("select reason from flow_exclusion")).containsExactly("another one");
    site.file("people.csv", HIRED.replaceAll("(?m)^E2.*\n", ""));
    run(3, "plan", "people");
    run(0, "approve", "people", "2");
    run(0, "apply", "people");
    run(0, "audit", "erase", "E2", "--yes");
    assertThat(site.rows("select reason from flow_exclusion")).isEmpty();
  }
}
