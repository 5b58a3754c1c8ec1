package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.deliver.Progress;
import dev.tenure.flow.CycleReport;
import dev.tenure.plan.Change;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.target.Request;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Groups of a hosted organization follow the rules, over HTTP.
class GroupsTest {
  private static final String YAML =
      """
      sources:
        hr: {csv: {file: people.csv, key: id}}
      targets:
        acme: {organization: acme}
      organizations:
        acme: {profile: standard, clients: {idp: {token: "${env:ACME_TOKEN}"}}}
      tables:
        teams: {Agent: [Everybody], Lead: [Everybody, Leads], Ghost: [Everybody, Ghosts]}
      flows:
        people:
          source: hr
          target: acme
          every: 1h
          follow: false
          map: {userName: mail, displayName: mail, title: title}
          groups: 'lookupAll("teams", title)'
          leaver: {goneFromSource: [deactivate, revoke-sessions, remove-groups]}
      """;

  private static final String HEAD = "id,mail,title\n";
  private static final String ANN = "E1,ann@x.org,Agent\n";
  private static final String BOB = "E2,bob@x.org,Agent\n";
  private static final String CYD = "E3,cyd@x.org,Lead\n";
  private static final int PLANS_MAX = 4;

  private final Site site = Site.with(YAML);

  @AfterEach
  void close() {
    site.close();
  }

  /// The groups are made while the organization still lets clients make some.
  private Work work(String profile, String... groups) {
    try (var work = Work.at(site)) {
      for (var group : groups) {
        var json =
            """
            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"NAME"}\
            """;
        var made = work.acme().send("POST", "/scim/v2/Groups", json.replace("NAME", group));
        assertThat(made.status()).isEqualTo(201);
      }
    }
    return Work.at(site.replacing("profile: standard", "profile: " + profile));
  }

  private void hr(String rows) {
    site.file("people.csv", HEAD + rows);
  }

  /// Plans and applies until nothing is left; gives the last plan that had something.
  private static CycleReport settle(Work work) throws InterruptedException {
    var last = work.plan();
    var planned = last;
    for (var plans = 0; !planned.isEmpty(); plans++) {
      assertThat(plans).isLessThan(PLANS_MAX);
      work.apply(planned);
      last = planned;
      planned = work.plan();
    }
    return last;
  }

  private static Set<String> names(String... names) {
    var all = new TreeSet<String>();
    for (var name : names) all.add(name + "@x.org");
    return all;
  }

  private static long requestsOfGroups(CycleReport planned) {
    return planned.plan().changes().stream().filter(Change::isOfGroup).count();
  }

  @ParameterizedTest
  @ValueSource(strings = {"standard", "genesys"})
  void joinersMoversAndLeaversComeAndGo(String profile) throws InterruptedException {
    hr(ANN + BOB + CYD);
    try (var work = work(profile, "Everybody", "Leads", "By Hand")) {
      assertThat(requestsOfGroups(settle(work))).isEqualTo(2);
      assertThat(work.groups())
          .containsEntry("Everybody", names("ann", "bob", "cyd"))
          .containsEntry("Leads", names("cyd"))
          .containsEntry("By Hand", names());
      hr(ANN.replace("Agent", "Lead") + BOB + CYD.replace("Lead", "Agent"));
      assertThat(requestsOfGroups(settle(work))).isEqualTo(1);
      assertThat(work.groups()).containsEntry("Leads", names("ann"));
      hr(BOB + CYD.replace("Lead", "Agent"));
      settle(work);
      assertThat(work.groups())
          .containsEntry("Everybody", names("bob", "cyd"))
          .containsEntry("Leads", names());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"standard", "genesys"})
  void aGroupThatIsNotThereIsToldAndStopsNobody(String profile) throws InterruptedException {
    hr(ANN + "E4,dan@x.org,Ghost\n");
    try (var work = work(profile, "Everybody", "Leads")) {
      var findings = settle(work).plan().findings().stream().map(Problem::code).toList();
      assertThat(findings).contains(Code.GROUP_MISSING);
      assertThat(work.groups()).containsEntry("Everybody", names("ann", "dan"));
    }
  }

  @Test
  void whoWasPutInByHandStays() throws InterruptedException {
    hr(ANN + BOB);
    try (var work = work("standard", "Everybody", "Leads")) {
      settle(work);
      var eve =
          work.acme()
              .create(
                  """
                  {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"eve@x.org"}\
                  """);
      var list = work.acme().send("GET", "/scim/v2/Groups?count=100", "").json();
      for (var group : list.path("Resources")) {
        var patch =
            """
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
             "Operations":[{"op":"add","path":"members","value":[{"value":"ID"}]}]}\
            """;
        var path = "/scim/v2/Groups/" + group.path("id").asString("");
        assertThat(work.acme().send("PATCH", path, patch.replace("ID", eve)).status())
            .isLessThan(300);
      }
      assertThat(work.plan().plan().changes()).isEmpty();
      hr(ANN);
      settle(work);
      assertThat(work.groups())
          .containsEntry("Everybody", names("ann", "eve"))
          .containsEntry("Leads", names("eve"));
    }
  }

  @Test
  void whoIsTakenOutByHandComesBackByTheNextTurn() throws InterruptedException {
    hr(ANN + BOB);
    try (var work = work("standard", "Everybody", "Leads")) {
      settle(work);
      var everybody = work.acme().send("GET", "/scim/v2/Groups?count=100", "").json();
      for (var group : everybody.path("Resources")) {
        var patch =
            """
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
             "Operations":[{"op":"remove","path":"members"}]}\
            """;
        work.acme().send("PATCH", "/scim/v2/Groups/" + group.path("id").asString(""), patch);
      }
      assertThat(work.groups()).containsEntry("Everybody", names());
      work.place().cycle().turn(work.flow(), true);
      assertThat(work.groups()).containsEntry("Everybody", names("ann", "bob"));
    }
  }

  @Test
  void aGroupIsMadeWhereTheRulesSaySoAndItsMakingIsUndone() throws InterruptedException {
    hr(ANN + CYD);
    site.replacing(
        "groups: 'lookupAll(\"teams\", title)'",
        "groups: {value: 'lookupAll(\"teams\", title)', missing: create}");
    String number;
    try (var work = work("standard", "Everybody")) {
      var planned = settle(work);
      assertThat(planned.plan().changes())
          .anyMatch(c -> c.request() instanceof Request.CreateGroup);
      assertThat(work.groups()).containsEntry("Leads", names("cyd"));
      number = planned.number().orElseThrow().toString();
    }
    assertThat(site.run("undo", "people", number).exit()).isZero();
    try (var again = Work.at(site)) {
      var plans = again.place().plans();
      var undo = plans.list(again.flow().id(), 1).getFirst();
      again.place().cycle().apply(again.flow(), undo.number(), Progress.NONE);
      assertThat(again.groups()).containsEntry("Everybody", names());
    }
  }
}
