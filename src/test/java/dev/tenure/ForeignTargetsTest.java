package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.scim.ScimJson;
import dev.tenure.target.foreign.ForeignServer;
import dev.tenure.testkit.ScimCalls;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// People join, move and leave at servers that nobody here wrote.
class ForeignTargetsTest {
  private static final String ANN = "E1,ann@example.com,Ann,Lee,Agent,Sales,North";
  private static final String BOB = "E2,bob@example.com,Bob,Day,,Sales,";

  @ParameterizedTest
  @ValueSource(strings = {"scimmy", "better-auth"})
  void peopleJoinMoveAndLeave(String name) {
    try (var server = ForeignServer.start(name);
        var site = Site.with(yaml(server))) {
      site.variable("OTHER_TOKEN", ForeignServer.TOKEN);
      follow(site, ANN, BOB);
      var other = scim(server);
      var ann = other.user("ann@example.com");
      assertThat(ann.path("externalId").asString()).isEqualTo("E1");
      assertThat(members(other)).containsExactly(ann.path("id").asString());

      follow(site, "E1,ann@example.com,Ann,Lee,Lead,Support,", BOB + "North");
      assertThat(other.user("ann@example.com").path("title").asString()).isEqualTo("Lead");
      assertThat(members(other))
          .containsExactly(other.user("bob@example.com").path("id").asString());

      follow(site, "E3,cyd@example.com,Cyd,Roy,,,North");
      for (var left : List.of("ann@example.com", "bob@example.com")) {
        assertThat(other.user(left).path("active").booleanValue()).isFalse();
      }
      assertThat(members(other))
          .containsExactly(other.user("cyd@example.com").path("id").asString());
    }
  }

  /// It takes an extension that it does not know when an account is made, and drops it.
  @Test
  void whatAServerDropsIsLeftAsItIs() {
    try (var server = ForeignServer.start("scimmy");
        var site = Site.with(yaml(server).replace("match:", "sourceOrg: corp\n    match:"))) {
      site.variable("OTHER_TOKEN", ForeignServer.TOKEN);
      site.file("people.csv", "id,mail,first,last,title,dept,team\n");
      var checked = site.run("check", "--online", "--output", "json");
      assertThat(checked.exit()).isEqualTo(1);
      var said = checked.json().path("flows").path(0).path("target");
      assertThat(said.path("says").booleanValue()).isTrue();
      var problem = said.path("problems").path(0);
      assertThat(problem.path("code").asString()).isEqualTo("TARGET_ATTRIBUTE");
      assertThat(problem.path("details").path("attribute").asString()).endsWith(":sourceOrg");

      follow(site, ANN);
      follow(site, ANN.replace("Agent", "Lead"));
      assertThat(scim(server).user("ann@example.com").path("title").asString()).isEqualTo("Lead");
      assertThat(plan(site).findings()).containsExactly("TARGET_ATTRIBUTE");
    }
  }

  @Test
  void aMappedAttributeThatTheServerDoesNotKnowIsNamedWithItsPlace() {
    try (var server = ForeignServer.start("better-auth");
        var site =
            Site.with(
                yaml(server).replace("title: title", "title: title\n      nickName: first"))) {
      site.variable("OTHER_TOKEN", ForeignServer.TOKEN);
      site.file("people.csv", "id,mail,first,last,title,dept,team\n");
      var checked = site.run("check", "--online");
      assertThat(checked.exit()).isEqualTo(1);
      assertThat(checked.out())
          .containsPattern(
              "TARGET_ATTRIBUTE: .* does not know 'nickName' .*tenure\\.yaml:\\d+:\\d+")
          .contains("flow people: the target keeps 6 of 7 attributes");
      follow(site, ANN);
      follow(site, ANN.replace("Agent", "Lead"));

      site.replacing("token:", "readSchemas: false, token:");
      assertThat(site.run("check", "--online").out())
          .contains("flow people: nothing is known of what the target keeps");
      assertThat(plan(site).json().path("changes")).hasSize(1);
    }
  }

  private static String yaml(ForeignServer server) {
    return """
    sources:
      hr: {csv: {file: people.csv, key: id}}
    targets:
      other: {scim: {url: "%s", token: "${env:OTHER_TOKEN}"}}
    flows:
      people:
        source: hr
        target: other
        match: [externalId, userName]
        map:
          userName: mail
          title: title
          department: dept
          name.givenName: first
          name.familyName: last
          'emails[type eq "work"].value': mail
        groups:
          value: 'team == "" ? [] : ["Team " + team]'
          manage: ["Team *"]
          missing: create
        leaver: {goneFromSource: [deactivate, remove-groups]}
    """
        .formatted(server.base());
  }

  /// Twice, for who has no account yet comes into groups with the next plan; then nothing is left.
  private static void follow(Site site, String... rows) {
    var header = "id,mail,first,last,title,dept,team\n";
    site.file("people.csv", header + String.join("\n", rows) + "\n");
    for (var round = 0; round < 2; round++) {
      assertThat(plan(site).exit()).isZero();
      var applied = site.run("apply", "people", "--output", "json");
      assertThat(applied.exit()).as(applied.toString()).isZero();
    }
    var left = plan(site);
    assertThat(left.json().path("changes")).as(left.toString()).isEmpty();
  }

  private static Site.Ran plan(Site site) {
    return site.run("plan", "people", "--output", "json");
  }

  private static ScimCalls scim(ForeignServer server) {
    var base = server.base().toString().replace("/scim/v2", "");
    return new ScimCalls(URI.create(base), ForeignServer.TOKEN);
  }

  private static List<String> members(ScimCalls other) {
    var list = ScimJson.read(other.send("GET", "/scim/v2/Groups", "").body());
    var members = new ArrayList<String>();
    for (var member : list.path("Resources").path(0).path("members")) {
      members.add(member.path("value").asString());
    }
    return members;
  }
}
