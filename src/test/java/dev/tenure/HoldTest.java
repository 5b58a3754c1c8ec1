package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.access.Role;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A plan is held back and let go on the command line, over the admin API and in the console.
class HoldTest {
  private static final String HOLD = "/flows/{flow}/plans/{plan}/hold";
  private static final String APPROVAL = "/flows/{flow}/plans/{plan}/approval";
  private static final String CLUSTERS = "/flows/{flow}/plans/{plan}/clusters";
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

  @Test
  void theCommandHoldsWhatIsStillToBeSent() {
    assertThat(admin.run("hold", "people", "1", "--reason", "looks odd").out())
        .contains("3 changes held", "tenure approve people 1");
    admin.site().run("apply", "people");
    assertThat(admin.run("status").out()).contains("held");
    assertThat(admin.site().rows("select count(*) from change where state = 'done'"))
        .containsExactly("0");
    var approved =
        admin.run("approve", "people", "1", "--cluster", "held by hand", "--output", "json");
    assertThat(approved.json().path("released").asInt()).isEqualTo(3);
    admin.run("apply", "people");
    assertThat(admin.site().rows("select count(*) from change where state = 'done'"))
        .containsExactly("3");
    assertThat(admin.audited("flow/people"))
        .extracting(line -> line.substring(line.lastIndexOf(' ') + 1))
        .contains("plan.held", "plan.approved")
        .filteredOn(action -> action.equals("change.held"))
        .hasSize(3);
  }

  @Test
  void aDepartmentIsHeldAndLetGoAlone() {
    assertThat(admin.run("hold", "people", "1", "--department", "Support").out())
        .contains("2 changes held");
    admin.site().run("apply", "people");
    assertThat(admin.site().rows("select person from change where state = 'done'"))
        .containsExactly("E1");
    var one =
        admin.run(
            "approve",
            "people",
            "1",
            "--department",
            "Support",
            "--who",
            "BOB",
            "--output",
            "json");
    assertThat(one.json().path("released").asInt()).isEqualTo(1);
    admin.site().run("apply", "people");
    assertThat(admin.site().rows("select person from change where state = 'done' order by person"))
        .containsExactly("E1", "E2");
  }

  @Test
  void aReasonIsHeldAlone() {
    var because =
        admin
            .site()
            .rows(
                """
                select distinct r ->> 'because' from change, jsonb_array_elements(reasons) r
                where r ->> 'attribute' = 'title'\
                """)
            .getFirst();
    assertThat(admin.run("hold", "people", "1", "--because", because).out())
        .contains("2 changes held");
    assertThat(admin.site().rows("select person from change where state = 'waiting'"))
        .as("who has no title")
        .containsExactly("E3");
    var lane = admin.site().run("hold", "people", "1", "--lane", "mover-up");
    assertThat(lane.err()).contains("--lane is one of leaver, mover-down, joiner");
    var none = admin.site().run("hold", "people", "1", "--department", "Sails");
    assertThat(none.exit()).isEqualTo(2);
    assertThat(none.err()).contains("CHOICE_EMPTY", "department=Sails");
  }

  @Test
  void theApiHoldsForOperators() {
    var body = "{\"reason\":\"looks odd\",\"leavers\":true}";
    assertThat(admin.ask(Role.VIEWER, "POST", HOLD, ONE + "/hold", body).status()).isEqualTo(403);
    var held = admin.ask(Role.OPERATOR, "POST", HOLD, ONE + "/hold", body);
    assertThat(held.body())
        .isEqualTo("{\"flow\":\"people\",\"number\":1,\"held\":3,\"sending\":0,\"leavers\":0}");
    var cluster = admin.get(CLUSTERS, ONE + "/clusters").json().at("/clusters/0");
    assertThat(cluster.path("cluster").asString("")).isEqualTo("held by hand");
    assertThat(cluster.path("held").asInt()).isEqualTo(3);
    assertThat(cluster.path("heldBy").asString("")).startsWith("token:");
    assertThat(cluster.path("reason").asString("")).isEqualTo("looks odd");
    theApiLetsADepartmentGo();
    var none = admin.ask(Role.OPERATOR, "POST", HOLD, ONE + "/hold", "{\"cluster\":\"none\"}");
    assertThat(none.text("/code")).isEqualTo("CLUSTER_UNKNOWN");
    var ninth = admin.ask(Role.OPERATOR, "POST", HOLD, "/flows/people/plans/9/hold", "");
    assertThat(ninth.status()).isEqualTo(404);
  }

  private void theApiLetsADepartmentGo() {
    var sales = "{\"department\":\"Sales\",\"lane\":\"joiner\",\"who\":\"ann\"}";
    var released = admin.ask(Role.OPERATOR, "POST", APPROVAL, ONE + "/approval", sales);
    assertThat(released.json().path("released").asInt()).isEqualTo(1);
    var again = admin.ask(Role.OPERATOR, "POST", APPROVAL, ONE + "/approval", sales);
    assertThat(again.status()).isEqualTo(404);
    assertThat(again.text("/code")).isEqualTo("CHOICE_EMPTY");
    var lane = admin.ask(Role.OPERATOR, "POST", HOLD, ONE + "/hold", "{\"lane\":\"slow\"}");
    assertThat(lane.status()).isEqualTo(400);
  }

  @Test
  void theConsoleHoldsWhatTheFilterShows() {
    var made = admin.place().consoleUsers().add("ann", Role.OPERATOR);
    var browser = new Browser(admin.place().base());
    browser.signIn("ann", made.password().reveal());
    var path = "/console/plans/people/1";
    assertThat(browser.get(path).body()).doesNotContain("of these that are");
    assertThat(browser.get(path + "?department=Support&who=example").body())
        .contains("Hold the 2 of these that are still to be sent")
        .contains("tenure hold people 1 --department Support --who example");
    var choice = Map.of("department", "Support", "who", "example");
    var held = browser.post("/console", path + "/hold", choice).headers();
    var next = held.firstValue("Location").orElseThrow();
    assertThat(next).contains("department=Support", "who=example");
    assertThat(browser.get(next).body())
        .contains("2 changes are held", "Approve the 2 of these that are held")
        .doesNotContain("of these that are still to be sent");
    assertThat(browser.get(path + "?department=Sales").body()).contains("Hold the 1 of these");
    browser.post("/console", path + "/approve", choice);
    assertThat(browser.get(path + "?lane=joiner").body()).contains("Hold the 3 of these");
  }

  @Test
  void theConsoleHoldsAndLetsGo() {
    var made = admin.place().consoleUsers().add("ann", Role.OPERATOR);
    var browser = new Browser(admin.place().base());
    browser.signIn("ann", made.password().reveal());
    var path = "/console/plans/people/1";
    assertThat(browser.get(path).body()).contains("Hold this plan", "tenure hold people 1");
    var held = browser.post("/console", path + "/hold", Map.of("reason", "<b>odd</b>"));
    var page = browser.get(held.headers().firstValue("Location").orElseThrow()).body();
    assertThat(page)
        .contains("3 changes are held", "3 held by console:ann: &lt;b&gt;odd&lt;/b&gt;")
        .contains("Approve these 3", "tenure approve people 1 --cluster 'held by hand'")
        .doesNotContain("Hold this plan");
    browser.post("/console", path + "/approve", Map.of("cluster", "held by hand"));
    assertThat(browser.get(path).body()).contains("Hold these 3", "Apply: send 3 requests");
  }
}
