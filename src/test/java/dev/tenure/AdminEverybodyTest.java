package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.access.Role;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// People, their seats and their leaving over the admin API.
class AdminEverybodyTest {
  private static final String PEOPLE = "/flows/{flow}/people";
  private static final String RECEIPTS = "/flows/{flow}/receipts";
  private static final String RECLAIM = "/organizations/{organization}/reclaim";

  private final AdminSite admin = AdminSite.open();

  @BeforeEach
  void hire() {
    admin.serve();
    admin.planAndApply();
  }

  @AfterEach
  void close() {
    admin.close();
  }

  private List<String> found(String query) {
    var people = new ArrayList<String>();
    var answer = admin.get(PEOPLE, "/flows/people/people" + query);
    answer.json().path("people").forEach(p -> people.add(p.path("person").asString("")));
    return people;
  }

  @Test
  void peopleAreFoundByTheirKeysAndTheirWords() {
    assertThat(found("")).containsExactly("E1", "E2", "E3");
    assertThat(found("?q=support")).containsExactly("E2", "E3");
    assertThat(found("?q=E2")).containsExactly("E2");
    assertThat(found("?q=nobody")).isEmpty();
    var one = admin.get(PEOPLE, "/flows/people/people?q=ann").json().at("/people/0");
    assertThat(one.path("mail").asString("")).isEqualTo("ann@example.com");
    assertThat(one.path("scope").asString("")).isEqualTo("in");
    assertThat(one.path("account").asString("")).isNotEmpty();
    assertThat(admin.get(PEOPLE, "/flows/people/people?name=x").status()).isEqualTo(400);
  }

  @Test
  void peopleComePageByPage() {
    var all = new ArrayList<String>();
    var next = "/flows/people/people?limit=1&q=support";
    while (!next.isEmpty()) {
      var page = admin.get(PEOPLE, next);
      assertThat(page.json().path("people").size()).isEqualTo(1);
      all.add(page.text("/people/0/person"));
      next = page.text("/next").replace("/admin/v1", "");
    }
    assertThat(all).containsExactly("E2", "E3");
  }

  @Test
  void scopeSaysWhatTheCommandSays() {
    var begun = admin.ask(Role.OPERATOR, "POST", "/flows/{flow}/scope", "/flows/people/scope", "");
    var job = admin.ended(begun, "done");
    assertThat(job.text("/words")).isEqualTo("3 in, 0 out");
    assertThat(AdminCalls.mistakes("Scope", job.json().path("result"))).isEmpty();
    assertThat(job.json().path("result"))
        .isEqualTo(admin.run("scope", "people", "--output", "json").json());
  }

  @Test
  void receiptsAndReclaimableSeatsAreWhatTheCommandsPrint() {
    admin.people(AdminSite.HEADER + AdminSite.ANN + AdminSite.BOB);
    admin.site().run("plan", "people");
    admin.run("approve", "people", "2");
    admin.run("apply", "people");
    var receipts = admin.get(RECEIPTS, "/flows/people/receipts");
    assertThat(receipts.text("/receipts/0/person")).isEqualTo("E3");
    assertThat(receipts.text("/receipts/0/state")).isEqualTo("done");
    assertThat(receipts.json())
        .isEqualTo(admin.run("receipts", "people", "--output", "json").json());
    var none = admin.get(RECEIPTS, "/flows/people/receipts?plan=1").json();
    assertThat(none.path("receipts").size()).isZero();
    assertThat(admin.get(RECEIPTS, "/flows/people/receipts?plan=9").status()).isEqualTo(404);
    var seats = admin.get("/licences/reclaimable", "/licences/reclaimable");
    assertThat(seats.json())
        .isEqualTo(admin.run("licences", "--reclaimable", "--output", "json").json());
  }

  @Test
  void licencesAreWhatTheCommandPrintsAndAPlanFreesThem() {
    var licences = admin.get("/licences", "/licences?organization=acme");
    assertThat(licences.text("/licences/0/licence")).isEqualTo("CX1");
    assertThat(licences.json().at("/licences/0/assigned").asInt()).isEqualTo(2);
    assertThat(licences.json()).isEqualTo(admin.run("licences", "acme", "--output", "json").json());
    assertThat(admin.get("/licences", "/licences?organization=x").status()).isEqualTo(404);
    var path = "/organizations/acme/reclaim";
    var job = admin.ended(admin.ask(Role.OPERATOR, "POST", RECLAIM, path, ""), "done");
    assertThat(job.text("/kind")).isEqualTo("reclaim");
    assertThat(job.json().at("/result/changes").asInt()).isZero();
    var wrong = admin.ask(Role.OPERATOR, "POST", RECLAIM, path, "{\"evidence\":\"old\"}");
    assertThat(wrong.status()).isEqualTo(400);
  }
}
