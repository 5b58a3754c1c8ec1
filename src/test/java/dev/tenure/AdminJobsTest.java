package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.access.Role;
import dev.tenure.testkit.ScimCalls;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Long work over the admin API: begun, watched, ended.
class AdminJobsTest {
  private static final String PLANS = "/flows/{flow}/plans";
  private static final String APPLY = "/flows/{flow}/plans/{plan}/apply";
  private static final String RECONCILE = "/flows/{flow}/reconcile";

  private final AdminSite admin = AdminSite.open();

  @BeforeEach
  void serve() {
    admin.serve();
  }

  @AfterEach
  void close() {
    admin.close();
  }

  private ScimCalls.Answer post(String template, String path, String body) {
    return admin.ask(Role.OPERATOR, "POST", template, path, body);
  }

  private ScimCalls.Answer done(ScimCalls.Answer begun) {
    return admin.ended(begun, "done");
  }

  @Test
  void aPlanIsMadeAndAppliedAsJobsUnderTheNameOfTheToken() {
    var planned = done(post(PLANS, "/flows/people/plans", ""));
    assertThat(planned.text("/kind")).isEqualTo("plan");
    assertThat(planned.text("/by")).isEqualTo("token:operator");
    assertThat(planned.json().at("/result/changes").asInt()).isEqualTo(3);
    assertThat(AdminCalls.mistakes("Planned", planned.json().path("result"))).isEmpty();
    var number = planned.json().at("/result/number").asInt();
    var applied = done(post(APPLY, "/flows/people/plans/" + number + "/apply", ""));
    assertThat(applied.json().at("/result/done").asInt()).isEqualTo(3);
    assertThat(applied.json().at("/progress/of").asInt()).isEqualTo(3);
    assertThat(applied.json().at("/progress/done").asInt()).isEqualTo(3);
    assertThat(AdminCalls.mistakes("Delivered", applied.json().path("result"))).isEmpty();
    assertThat(admin.audited("flow/people")).contains("token:operator plan.made");
    var again = done(post(PLANS, "/flows/people/plans", ""));
    assertThat(again.text("/words")).isEqualTo("There is nothing to change.");
    var jobs = admin.ask(Role.VIEWER, "GET", "/jobs", "/jobs?limit=2", "");
    assertThat(jobs.json().path("jobs").size()).isEqualTo(2);
    assertThat(jobs.text("/jobs/0/id")).isEqualTo(again.text("/id"));
  }

  @Test
  void aPlanForOnePersonConcernsNobodyElse() {
    var planned = done(post(PLANS, "/flows/people/plans", "{\"person\":\"ann@example.com\"}"));
    assertThat(planned.text("/what")).isEqualTo("people/ann@example.com");
    assertThat(planned.json().at("/result/changes").asInt()).isEqualTo(1);
    var nobody = post(PLANS, "/flows/people/plans", "{\"person\":\"nobody\"}");
    assertThat(admin.ended(nobody, "failed").text("/problem/code")).isEqualTo("PERSON_UNKNOWN");
  }

  @Test
  void aJobThatFailsSaysWhyAndNothingIsSent() {
    done(post(PLANS, "/flows/people/plans", ""));
    done(post(APPLY, "/flows/people/plans/1/apply", ""));
    var failed = admin.ended(post(APPLY, "/flows/people/plans/1/apply", ""), "failed");
    assertThat(failed.text("/problem/code")).isEqualTo("PLAN_OUTDATED");
    assertThat(failed.json().at("/problem/status").asInt()).isEqualTo(409);
    assertThat(post(APPLY, "/flows/people/plans/99/apply", "").status()).isEqualTo(404);
  }

  @Test
  void whatIsBeingDoneIsNotBegunASecondTime() throws SQLException {
    ScimCalls.Answer begun;
    try (var _ = admin.locked("people")) {
      begun = post(RECONCILE, "/flows/people/reconcile", "");
      assertThat(begun.status()).isEqualTo(202);
      var busy = post(RECONCILE, "/flows/people/reconcile", "");
      assertThat(busy.status()).isEqualTo(409);
      assertThat(busy.text("/code")).isEqualTo("FLOW_BUSY");
      assertThat(busy.text("/details/job")).isEqualTo(begun.text("/id"));
      assertThat(busy.text("/remedy")).contains("GET /admin/v1/jobs/" + begun.text("/id"));
      assertThat(admin.job(begun).text("/state")).isEqualTo("running");
    }
    var ended = done(begun);
    assertThat(ended.json().at("/result/conflicts").isNumber()).isTrue();
  }

  @Test
  void somebodyIsLockedOutAndThatIsLifted() {
    done(post(PLANS, "/flows/people/plans", ""));
    done(post(APPLY, "/flows/people/plans/1/apply", ""));
    var body = "{\"person\":\"ann@example.com\",\"reason\":\"a theft\"}";
    var out = done(post("/evictions", "/evictions", body));
    assertThat(out.json().at("/result/evicted/0/out").asBoolean(false)).isTrue();
    assertThat(AdminCalls.mistakes("Evicted", out.json().path("result"))).isEmpty();
    var users = Site.calls(admin.place(), "acme");
    var filter = "filter=userName%20eq%20%22ann@example.com%22";
    var user = users.send("GET", "/scim/v2/Users?" + filter, "");
    assertThat(user.json().at("/Resources/0/active").asBoolean(true)).isFalse();
    assertThat(admin.audited("flow/people")).contains("token:operator person.evicted");
    var lift = "/evictions/{person}";
    var lifted = admin.ask(Role.OPERATOR, "DELETE", lift, "/evictions/ann@example.com", "");
    assertThat(lifted.body()).isEqualTo("{\"lifted\":[\"people\"]}");
    var again = admin.ask(Role.OPERATOR, "DELETE", lift, "/evictions/ann@example.com", "");
    assertThat(again.body()).isEqualTo("{\"lifted\":[]}");
    for (var wrong : List.of("", "{\"person\":\"nobody\"}", "{\"who\":\"E1\"}")) {
      assertThat(post("/evictions", "/evictions", wrong).status()).isIn(400, 404);
    }
  }

  @Test
  void aJobThatIsNotThereIsNotFound() {
    var none = admin.ask(Role.VIEWER, "GET", "/jobs/{job}", "/jobs/none", "");
    assertThat(none.status()).isEqualTo(404);
    var jobs = admin.ask(Role.VIEWER, "GET", "/jobs", "/jobs", "");
    assertThat(jobs.body()).isEqualTo("{\"jobs\":[]}");
  }
}
