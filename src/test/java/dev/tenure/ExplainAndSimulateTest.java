package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `tenure explain` and `tenure simulate`, as they are typed.
class ExplainAndSimulateTest {
  private static final String YAML =
      """
      sources:
        hr:
          csv:
            {file: people.csv, key: id, groups: {column: groups},
             disabled: {column: state, values: [off]}}
      targets:
        acme: {organization: acme}
      organizations:
        acme: {}
      flows:
        people:
          source: hr
          target: acme
          scope: {groups: Cloud, when: dept != "Temps"}
          map:
            userName: mail
            title: 'upper(title)'
            password: {value: pin, owner: on-create}
      """;
  private static final String PEOPLE =
      """
      id,mail,title,dept,groups,state,pin
      E1,a@x,Agent,Sales,Cloud,on,s3cret-1
      E2,b@x,Lead,Sales,Cloud,on,s3cret-2
      E3,c@x,Cook,Sales,Canteen,on,s3cret-3
      E4,d@x,Agent,Temps,Cloud,on,s3cret-4
      E5,e@x,Agent,Temps,Canteen,off,s3cret-5
      """;

  private final Site site = Site.with(YAML).file("people.csv", PEOPLE);

  @BeforeEach
  void apply() {
    assertThat(site.run("plan", "people").exit()).isZero();
    assertThat(site.run("apply", "people").exit()).isZero();
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void theWayFromTheSourceToTheTargetIsShown() {
    var out = site.run("explain", "people", "E1").out();
    assertThat(out)
        .contains("E1 in flow people")
        .contains("  title: 'Agent'\n")
        .contains("  group Cloud\n")
        .contains("scope: in, member of Cloud, and dept != \"Temps\"")
        .contains("  title: 'AGENT'   ← upper(title)   with title='Agent'\n")
        .containsPattern("account: \\S+\n")
        .containsPattern("plan 1 of \\S+: joiner, done at ")
        .doesNotContain("s3cret");
    assertThat(site.run("explain", "people", "E1", "--output", "json").out())
        .doesNotContain("s3cret");
  }

  @Test
  void noPlanShowsASecretEither() {
    for (var words : java.util.List.of("plan people", "show people 1", "plans people")) {
      for (var form : java.util.List.of("table", "json")) {
        site.file("people.csv", PEOPLE + "E6,f@x,Agent,Sales,Cloud,on,s3cret-6\n");
        var typed = (words + " --output " + form).split(" ");
        var run = site.run(typed);
        assertThat(run.exit()).as(words + ": " + run.err()).isZero();
        assertThat(run.out()).as(words).doesNotContain("s3cret");
      }
    }
    assertThat(site.run("plan", "people", "--output", "json").out()).contains("[hidden]");
  }

  @Test
  void aPersonIsAlsoFoundByAValueThatOnlyTheyHave() {
    assertThat(site.run("explain", "people", "b@x").out()).contains("E2 in flow people");
    var several = site.run("explain", "people", "Sales", "--output", "json");
    assertThat(several.problems()).containsExactly("PERSON_UNKNOWN");
    assertThat(several.out() + several.err()).contains("[E1, E2, E3]");
    assertThat(site.run("explain", "people", "E99").exit()).isEqualTo(1);
  }

  @Test
  void whoIsNotThereIsToldTheSmallestChangeThatWouldBringThemIn() {
    var out = site.run("explain", "people", "E3").out();
    assertThat(out)
        .contains("scope: out, not a member of Cloud")
        .contains("  would be in: make them a member of 'Cloud'\n")
        .contains("account: none is theirs");
    assertThat(ways(site.run("explain", "people", "E4", "--output", "json")))
        .containsExactly("set dept to 'Sales' (it is 'Temps')");
    assertThat(ways(site.run("explain", "people", "E5", "--output", "json"))).isEmpty();
  }

  private static java.util.List<String> ways(Site.Ran run) {
    return run.json().path("rules").path("ways").valueStream().map(w -> w.stringValue()).toList();
  }

  @Test
  void anEarlierTimeIsExplainedByWhatWasKnownThen() {
    var before = site.run("explain", "people", "E1", "--output", "json").json();
    var then = before.path("at").stringValue();
    site.file("people.csv", PEOPLE.replace("E1,a@x,Agent", "E1,a@x,Boss").replace("E2", "E9"));
    assertThat(site.run("plan", "people").exit()).isZero();
    assertThat(site.run("explain", "people", "E1").out())
        .contains("title: 'Boss'")
        .contains("title: 'AGENT' → 'BOSS'   ← upper(title)");
    var earlier = site.run("explain", "people", "E1", "--at", then).out();
    assertThat(earlier).contains("title: 'Agent'").doesNotContain("BOSS");
    assertThat(site.run("explain", "people", "E2").out())
        .contains("scope: out, gone from the source")
        .contains("gone since ");
    assertThat(site.run("explain", "people", "E2", "--at", then).out()).contains("scope: in");
    assertThat(site.run("explain", "people", "E9", "--at", then).exit()).isEqualTo(1);
  }

  @Test
  void anotherConfigurationIsComparedByCause() {
    var other =
        YAML.replace("upper(title)", "lower(title)").replace("groups: Cloud", "groups: Canteen");
    site.file("other.yaml", Site.database() + other.replace("\"Temps\"", "\"x\""));
    var path = site.config().resolveSibling("other.yaml").toString();
    var run = site.run("simulate", "people", "--with", path);
    assertThat(run.out())
        .contains("loses the account: 2 people\n  E1: out: not a member of Canteen\n")
        .contains("gets an account: 1 person\n  E3: before: out: not a member of Cloud\n");
    site.file("other.yaml", Site.database() + YAML.replace("upper(title)", "lower(title)"));
    assertThat(site.run("simulate", "people", "--with", path).out())
        .contains("title: upper(title) → lower(title): 2 people\n  E1: 'AGENT' → 'agent'\n")
        .endsWith("2 of 5 people would have another outcome\n");
    assertThat(site.run("simulate", "people", "--with", site.config().toString()).out())
        .isEqualTo("0 of 5 people would have another outcome\n");
    assertThat(site.run("simulate", "people").exit()).isEqualTo(2);
  }
}
