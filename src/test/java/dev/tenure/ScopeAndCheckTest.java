package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// `tenure scope` and the tests that `tenure check` runs, as they are typed.
class ScopeAndCheckTest {
  private static final String YAML =
      """
      sources:
        hr: {csv: {file: people.csv, key: id, groups: {column: groups}}}
      targets:
        acme: {organization: acme}
      organizations:
        acme: {}
      flows:
        people:
          source: hr
          target: acme
          scope: {groups: Cloud}
          map: {userName: mail, title: 'upper(title)', roles: title}
          tests:
            - {name: right, given: {mail: a@x, groups: Cloud}, expect: {userName: a@x, title: []}}
            - {name: wrong, given: {mail: a@x, title: boss, groups: Cloud},
               expect: {userName: b@x, title: BOSS, roles: [lead, boss]}}
            - {name: out, given: {mail: a@x}, expect: {userName: a@x}}
      """;

  private final Site site =
      Site.with(YAML)
          .file(
              "people.csv",
              """
              id,mail,title,groups
              E1,a@x,Agent,Cloud
              E2,b@x,Lead,Cloud
              E3,c@x,Cook,Canteen
              E4,,Agent,Cloud
              """);

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void aFailedTestIsShownAsADifferenceAndEndsWithAnExitCode() {
    var run = site.run("check");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("flow people: 1 of 3 tests passed")
        .contains("FAILED 'wrong' of flow people (")
        .contains("userName:\n      expected 'b@x'\n      actual   'a@x'   ← mail\n")
        .contains("roles:\n      expected 'lead', 'boss'\n      actual   'boss'   ← title\n")
        .doesNotContain("title:\n")
        .contains("the person:\n      expected an account\n")
        .contains("      actual   no account: not a member of Cloud\n");
    var json = site.run("check", "--output", "json");
    assertThat(json.exit()).isEqualTo(1);
    var tests = json.json().path("flows").path(0).path("tests");
    assertThat(tests).hasSize(3);
    assertThat(tests.path(0).path("passed").booleanValue()).isTrue();
    assertThat(tests.path(1).path("differences")).hasSize(2);
    assertThat(tests.path(1).path("differences").path(0).path("expected").stringValue())
        .isEqualTo("'b@x'");
  }

  @Test
  void mistakesInTestsAreToldWithTheirPlaces() {
    site.replacing(
        "given: {mail: a@x}, expect: {userName: a@x}", "given: {mial: a@x}, out: x, problem: NOPE");
    var run = site.run("check");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .contains("did you mean 'mail'?")
        .contains("exactly one of expect, out, problem");
    site.replacing(
        "given: {mial: a@x}, out: x, problem: NOPE", "given: {mail: a@x}, problem: NOPE");
    assertThat(site.run("check").err()).contains("there is no problem 'NOPE'");
  }

  @Test
  void aLeaverTableThatCannotBeCarriedOutIsAMistake() {
    for (var steps :
        new String[] {
          "[remove-roles]",
          "[{step: deactivate, after: 1d}]",
          "[delete, deactivate]",
          "[deactivate, {step: remove-roles, after: 2d}, {step: delete, after: 1d}]"
        }) {
      try (var other =
          Site.with(YAML.replace("map: {u", "leaver: {pastLastDay: " + steps + "}\n    map: {u"))) {
        assertThat(other.run("check").err()).contains("these steps cannot be taken in this order");
      }
    }
  }

  @Test
  void everybodyIsCountedByReason() {
    var out = site.run("scope", "people").out();
    assertThat(out)
        .contains("2 in, 1 out, 1 unclear")
        .containsPattern("in +2 +member of Cloud +E1, E2")
        .containsPattern("out +1 +outOfScope: not a member of Cloud +E3")
        .containsPattern("unclear +1 +MAP_REQUIRED: .* +E4");
    assertThat(site.run("scope", "people", "--in").out()).contains("E1").doesNotContain("E3");
    assertThat(site.run("scope", "people", "--out").out()).contains("E3").doesNotContain("E1");
    var one = site.run("scope", "people", "--person", "E3", "--output", "json").json();
    assertThat(one.path("reasons")).hasSize(1);
    assertThat(one.path("reasons").path(0).path("scope").stringValue()).isEqualTo("out");
    assertThat(one.path("reasons").path(0).path("people").path(0).stringValue()).isEqualTo("E3");
  }

  @Test
  void aPersonWhomTheSourceDoesNotHaveIsToldSo() {
    var run = site.run("scope", "people", "--person", "E99", "--output", "json");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.problems()).containsExactly("PERSON_UNKNOWN");
    assertThat(site.run("scope", "people", "--in", "--out").exit()).isEqualTo(2);
  }
}
