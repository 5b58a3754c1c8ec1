package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.access.Role;
import dev.tenure.testkit.ScimCalls;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Audit logs and conflicts over the admin API.
class AdminRecordsTest {
  private static final String CONFLICTS = "/flows/{flow}/conflicts";
  private static final String RECONCILE = "/flows/{flow}/reconcile";
  private static final String DECISIONS = "/flows/{flow}/decisions";

  private final AdminSite admin = AdminSite.open();

  @BeforeEach
  void serve() {
    admin.serve();
    admin.planAndApply();
  }

  @AfterEach
  void close() {
    admin.close();
  }

  private ScimCalls.Answer post(String template, String path, String body) {
    return admin.ask(Role.OPERATOR, "POST", template, path, body);
  }

  @Test
  void aLogIsReadPageByPageAndEachEntryOnce() {
    var ids = new ArrayList<Long>();
    var next = "/audit?log=flow/people&limit=2";
    while (!next.isEmpty()) {
      var page = admin.get("/audit", next);
      page.json().path("entries").forEach(e -> ids.add(e.path("id").asLong()));
      next = page.text("/next").replace("/admin/v1", "");
    }
    assertThat(ids).doesNotHaveDuplicates().hasSameSizeAs(admin.audited("flow/people"));
    assertThat(ids.size()).isGreaterThan(2);
    var made = admin.get("/audit", "/audit?log=flow/people&action=plan.made");
    assertThat(made.json().path("entries").size()).isEqualTo(1);
    var id = made.text("/entries/0/correlation");
    var story = admin.get("/audit/stories/{correlation}", "/audit/stories/" + id);
    assertThat(story.body()).contains("plan.made");
    assertThat(admin.get("/audit", "/audit").status()).isEqualTo(400);
    assertThat(admin.get("/audit", "/audit?log=flow/none").status()).isEqualTo(404);
  }

  @Test
  void aLogIsVerifiedByAJobAndExportedWhole() {
    admin.place().auditChain().sealWaiting();
    var state = admin.get("/audit/state", "/audit/state?log=flow/people");
    assertThat(state.json().path("sealed").asLong()).isPositive();
    var begun = post("/audit/verify", "/audit/verify", "{\"log\":\"flow/people\"}");
    var job = admin.ended(begun, "done");
    assertThat(AdminCalls.mistakes("Verdict", job.json().path("result"))).isEmpty();
    var export = admin.get("/audit/export", "/audit/export?log=flow/people");
    assertThat(export.body()).contains("plan.made");
    assertThat(export.body().lines().count()).isGreaterThan(3);
    var none = post("/audit/verify", "/audit/verify", "{\"log\":\"flow/none\"}");
    assertThat(none.status()).isEqualTo(404);
  }

  @Test
  void conflictsAreLookedForDecidedAndBecomeAPlan() {
    assertThat(admin.get(CONFLICTS, "/flows/people/conflicts").status()).isEqualTo(404);
    var user =
        "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],"
            + "\"userName\":\"nobody@example.com\",\"active\":true}";
    Site.calls(admin.place(), "acme").send("POST", "/scim/v2/Users", user);
    admin.ended(post(RECONCILE, "/flows/people/reconcile", ""), "done");
    var found = admin.get(CONFLICTS, "/flows/people/conflicts?kind=orphan");
    assertThat(found.json().path("total").asInt()).isEqualTo(1);
    var id = found.text("/conflicts/0/id");
    var decision = "{\"conflicts\":[{\"id\":\"" + id + "\",\"decision\":\"retire\"}]}";
    var job = admin.ended(post(DECISIONS, "/flows/people/decisions", decision), "done");
    assertThat(job.json().at("/result/changes").asInt()).isEqualTo(1);
    for (var wrong : List.of("", "{\"accept\":[\"x\"]}", "{\"confidence\":2}")) {
      assertThat(post(DECISIONS, "/flows/people/decisions", wrong).status()).isEqualTo(400);
    }
  }
}
