package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.access.Role;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The changes of a plan over the admin API: by pages and filters, whole, against another, undone.
class AdminChangesTest {
  private static final String PLAN = "/flows/{flow}/plans/{plan}";
  private static final String CHANGES = PLAN + "/changes";
  private static final String ONE = "/flows/people/plans/1";

  private final AdminSite admin = AdminSite.open();

  @BeforeEach
  void plan() {
    admin.serve();
    admin.run("plan", "people");
  }

  @AfterEach
  void close() {
    admin.close();
  }

  private List<String> people(String query) {
    var answer = admin.get(CHANGES, ONE + "/changes?" + query);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    var people = new ArrayList<String>();
    answer.json().path("changes").forEach(c -> people.add(c.path("person").asString("")));
    return people;
  }

  @Test
  void changesComePageByPageAndEachOnce() {
    var found = new ArrayList<String>();
    var next = ONE + "/changes?limit=2&state=waiting";
    while (!next.isEmpty()) {
      var page = admin.get(CHANGES, next);
      page.json().path("changes").forEach(c -> found.add(c.path("person").asString("")));
      next = page.text("/next").replace("/admin/v1", "");
      if (!next.isEmpty()) assertThat(next).contains("limit=2", "state=waiting");
    }
    assertThat(found).containsExactlyInAnyOrder("E1", "E2", "E3");
  }

  @Test
  void changesAreChosenAsOnThePageOfThePlan() {
    assertThat(people("who=ANN")).containsExactly("E1");
    assertThat(people("department=Support")).containsExactlyInAnyOrder("E2", "E3");
    assertThat(people("department=Support&who=bob")).containsExactly("E2");
    assertThat(people("lane=joiner")).hasSize(3);
    assertThat(people("lane=mover-down")).isEmpty();
    assertThat(people("cluster=none")).isEmpty();
    for (var wrong : List.of("lane=x", "state=x", "after=0", "limit=101", "x=1", "who=%00")) {
      var answer = admin.get(CHANGES, ONE + "/changes?" + wrong);
      assertThat(answer.status()).as(wrong).isEqualTo(400);
    }
    assertThat(admin.get(CHANGES, "/flows/people/plans/9/changes").text("/code"))
        .isEqualTo("PLAN_UNKNOWN");
  }

  @Test
  void aPlanWholeIsWhatTheCommandShows() {
    var whole = admin.get(PLAN + "/export", ONE + "/export");
    var shown = admin.run("show", "people", "1", "--output", "json").json();
    assertThat(whole.json()).isEqualTo(shown);
    assertThat(whole.json().path("changes").size()).isEqualTo(3);
  }

  @Test
  void twoPlansAreComparedAsTheCommandDoes() {
    admin.people(AdminSite.HEADER + AdminSite.ANN);
    admin.run("plan", "people");
    var diff = admin.get(PLAN + "/diff/{other}", ONE + "/diff/2");
    assertThat(diff.json().path("gone").size()).isEqualTo(2);
    assertThat(diff.json())
        .isEqualTo(admin.run("diff", "people", "1", "2", "--output", "json").json());
    assertThat(admin.get(PLAN + "/diff/{other}", ONE + "/diff/9").status()).isEqualTo(404);
  }

  @Test
  void clustersSayWhatWaitsForAnApproval() {
    admin.run("apply", "people");
    admin.people(AdminSite.HEADER + AdminSite.ANN + AdminSite.BOB);
    admin.site().run("plan", "people");
    var clusters = admin.get(PLAN + "/clusters", "/flows/people/plans/2/clusters");
    assertThat(clusters.json().at("/clusters/0/held").asInt()).isEqualTo(1);
  }

  @Test
  void anAppliedPlanIsTakenBackByAPlanThatAJobMakes() {
    admin.run("apply", "people");
    var undo = admin.ask(Role.OPERATOR, "POST", PLAN + "/undo", ONE + "/undo", "");
    var job = admin.ended(undo, "done");
    assertThat(job.text("/kind")).isEqualTo("undo");
    assertThat(job.json().at("/result/number").asInt()).isEqualTo(2);
    assertThat(job.json().at("/result/changes").asInt()).isEqualTo(3);
  }
}
