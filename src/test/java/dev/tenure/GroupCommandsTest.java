package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the command line says of changes of groups.
class GroupCommandsTest {
  private static final String YAML =
      """
      sources:
        hr: {csv: {file: people.csv, key: id}}
      targets:
        acme: {organization: acme}
      organizations:
        acme:
          groups: {Sales: {}, Support: {}}
          clients: {idp: {token: "${env:ACME_TOKEN}"}}
      tables:
        groups: {Seller: Sales, Agent: Support}
      flows:
        people:
          source: hr
          target: acme
          every: 1h
          follow: false
          map: {userName: mail}
          groups: 'lookupAll("groups", title)'
      """;

  private final Site site = Site.with(YAML);

  @BeforeEach
  void everybodyIsWhereTheyBelong() {
    hr("Seller", "Seller", "Seller", "Seller", "Seller", "Agent");
    apply();
    apply();
    assertThat(run(0, "plan", "people").out()).contains("nothing to do");
  }

  @AfterEach
  void close() {
    site.close();
  }

  private void hr(String... titles) {
    var csv = new StringBuilder("id,mail,title\n");
    for (var i = 0; i < titles.length; i++) {
      csv.append("E%d,p%d@x.org,%s\n".formatted(i, i, titles[i]));
    }
    site.file("people.csv", csv.toString());
  }

  private void apply() {
    site.run("plan", "people");
    run(0, "apply", "people");
  }

  private Site.Ran run(int exit, String... words) {
    var ran = site.run(words);
    assertThat(ran.exit()).as(ran.out() + ran.err()).isEqualTo(exit);
    return ran;
  }

  private Site.Ran planned(String... words) {
    var typed = new ArrayList<>(List.of("plan", "people"));
    typed.addAll(List.of(words));
    var ran = site.run(typed.toArray(String[]::new));
    assertThat(ran.err()).isEmpty();
    return ran;
  }

  @Test
  void aPlanTellsOfEachGroupAndOfEachPerson() {
    hr("Agent", "Seller", "Seller", "Seller", "Seller", "Seller");
    var text = planned().out();
    assertThat(text)
        .contains("2 movers")
        .contains("2 requests")
        .contains("group Sales: − p0@x.org (E0), + p5@x.org (E5)")
        .contains("group Support: − p5@x.org (E5), + p0@x.org (E0)")
        .contains("memberships: 2 people")
        .contains("p0@x.org (E0)  groups: + Support, − Sales   ← lookupAll(\"groups\", title)");
  }

  @Test
  void manyMembersAreCountedAndOneRequest() {
    hr("Seller", "Agent", "Agent", "Agent", "Agent", "Agent");
    var text = planned().out();
    assertThat(text)
        .contains("− p1@x.org (E1), − p2@x.org (E2), − p3@x.org (E3), … 1 more")
        .contains("memberships: 4 people")
        .contains("2 requests");
  }

  @Test
  void aPlanInJsonNamesWhoGoesAndWhoComes() {
    hr("Agent", "Seller", "Seller", "Seller", "Seller", "Agent");
    var json = planned("--output", "json").json();
    var text = json.toString();
    assertThat(text).contains("Sales", "Support", "E0", "p0@x.org").doesNotContain("\"E5\"");
  }

  @Test
  void twoPlansDifferInTheMembershipsOfPeople() {
    hr("Agent", "Seller", "Seller", "Seller", "Seller", "Agent");
    planned();
    var first = newest();
    hr("Agent", "Agent", "Seller", "Seller", "Seller", "Agent");
    planned();
    var second = newest();
    var shown = site.run("show", "people", second).out();
    assertThat(shown).contains("group Sales: − p0@x.org (E0), − p1@x.org (E1)");
    var diff = site.run("diff", "people", first, second);
    assertThat(diff.out()).as(diff.err()).contains("E1").contains("+ Support").contains("− Sales");
    assertThat(diff.out()).doesNotContain("E5");
  }

  private String newest() {
    try (var work = Work.at(site)) {
      var plans = work.place().plans().list(work.flow().id(), 1);
      return plans.getFirst().number().toString();
    }
  }
}
