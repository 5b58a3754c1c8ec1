package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.AdminCalls.Place;
import dev.tenure.access.Role;
import dev.tenure.audit.AuditLog.Search;
import dev.tenure.cli.Workplace;
import dev.tenure.id.FlowId;
import dev.tenure.testkit.ScimCalls;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The admin API about people of a flow, and about what the guard holds back.
class AdminPeopleTest {
  private static final String YAML =
      """
      server: {port: 0}
      sources:
        hr: {csv: {file: people.csv, key: id, minimumRows: 1}}
      targets:
        acme: {organization: acme}
      organizations:
        acme: {clients: {idp: {token: "${env:ACME_TOKEN}"}}}
      flows:
        people:
          source: hr
          target: acme
          every: 1h
          match: [externalId]
          map: {userName: mail, title: title}
          guard: {leavers: 0}
          scope:
            protect: [{when: 'title == "Board"', reason: the board}]
      """;

  private static final String HEADER = "id,mail,title\n";
  private static final String ANN = "E1,ann@example.com,Agent\n";
  private static final String BOB = "E 2/b,bob@example.com,Agent\n";
  private static final String CHAIR = "E3,chair@example.com,Board\n";
  private static final String PERSON = "/flows/{flow}/people/{person}";
  private static final String EXCLUSION = "/flows/{flow}/exclusions/{person}";
  private static final String EXCLUSIONS = "/flows/{flow}/exclusions";
  private static final String APPROVAL = "/flows/{flow}/plans/{plan}/approval";

  private final Site site = Site.with(YAML);
  private Workplace place;
  private AdminCalls calls;

  @BeforeEach
  void hire() {
    site.file("people.csv", HEADER + ANN + BOB + CHAIR);
    place = site.serve();
    var token = place.adminTokens().create("desk", Role.OPERATOR, Optional.empty());
    calls = new AdminCalls(place.base(), token.secret().reveal());
    run("plan", "people");
    run("apply", "people");
  }

  @AfterEach
  void close() {
    place.close();
    site.close();
  }

  private Site.Ran run(String... words) {
    var ran = site.run(words);
    assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
    return ran;
  }

  private ScimCalls.Answer ask(String method, String template, String path, String body) {
    return calls.ask(method, new Place(template, "/flows/people" + path), body);
  }

  private List<String> audited() {
    return place.audit().search(Search.newest("flow/people", 100)).stream()
        .map(e -> e.actor() + " " + e.action())
        .toList();
  }

  private static void refused(ScimCalls.Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.text("/code")).isEqualTo(code);
  }

  @Test
  void aPersonIsExplainedAsTheCommandDoesByKeyAndByAValue() {
    var told = run("explain", "people", "E1", "--at", "2099-01-01", "--output", "json").json();
    for (var who : List.of("E1", "ann@example.com")) {
      var answer = ask("GET", PERSON, "/people/" + who + "?at=2099-01-01", "");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.json()).isEqualTo(told);
    }
    var now = ask("GET", PERSON, "/people/E%202%2Fb", "");
    assertThat(now.text("/person")).isEqualTo("E 2/b");
    assertThat(now.text("/changes/0/state")).isEqualTo("done");
    assertThat(ask("GET", PERSON, "/people/E3", "").text("/rules/scope")).isEqualTo("protected");
  }

  @Test
  void whomNobodyKnowsAndWhenNobodyCanReadIsRefused() {
    refused(ask("GET", PERSON, "/people/E9", ""), 404, "PERSON_UNKNOWN");
    refused(ask("GET", PERSON, "/people/E1?at=0001-01-01", ""), 404, "PERSON_UNKNOWN");
    for (var at : List.of("x", "", "2099-13-01", "%2B999999999-01-01", "0000-01-01")) {
      var answer = ask("GET", PERSON, "/people/E1?at=" + at, "");
      assertThat(answer.status()).as(at).isEqualTo(400);
    }
    assertThat(ask("GET", PERSON, "/people/E1?when=now", "").status()).isEqualTo(400);
    assertThat(ask("GET", PERSON, "/people/E%001", "").status()).isEqualTo(400);
  }

  @Test
  void somebodyIsExcludedAndThatIsLiftedUnderTheNameOfTheToken() {
    var put = "{\"reason\":\"on leave\",\"until\":\"2099-12-31\"}";
    var made = ask("PUT", EXCLUSION, "/exclusions/E1", put);
    assertThat(made.status()).isEqualTo(200);
    assertThat(made.text("/exclusions/0/by")).isEqualTo("token:desk");
    assertThat(made.text("/exclusions/0/until")).isEqualTo("2100-01-01T00:00:00Z");
    assertThat(ask("GET", PERSON, "/people/E1", "").text("/rules/why"))
        .isEqualTo("excluded by token:desk until 2099-12-31: on leave");
    var lifted = ask("DELETE", EXCLUSION, "/exclusions/E1", "");
    assertThat(lifted.text("/exclusions/0/liftedBy")).isEqualTo("token:desk");
    assertThat(ask("GET", PERSON, "/people/E1", "").text("/rules/scope")).isEqualTo("in");
    refused(ask("DELETE", EXCLUSION, "/exclusions/E1", ""), 404, "EXCLUSION_UNKNOWN");
    assertThat(audited()).contains("token:desk person.excluded");
  }

  @Test
  void exclusionsArePagedAndAreWhatTheCommandPrints() {
    ask("PUT", EXCLUSION, "/exclusions/E1", "{\"reason\":\"on leave\"}");
    ask("PUT", EXCLUSION, "/exclusions/E%202%2Fb", "{\"reason\":\"a test\"}");
    var all = ask("GET", EXCLUSIONS, "/exclusions", "").json();
    assertThat(all).isEqualTo(run("exclude", "people", "--output", "json").json());
    var found = new ArrayList<String>();
    var next = "/exclusions?limit=1";
    while (!next.isEmpty()) {
      var page = ask("GET", EXCLUSIONS, next, "");
      assertThat(page.json().path("exclusions").size()).isEqualTo(1);
      found.add(page.text("/exclusions/0/person"));
      next = page.text("/next").replace("/admin/v1/flows/people", "");
    }
    assertThat(found).containsExactly("E 2/b", "E1");
  }

  @Test
  void anExclusionThatCannotBeMeantIsRefusedAndNobodyIsExcluded() {
    var because = "{\"reason\":\"why\"}";
    refused(ask("PUT", EXCLUSION, "/exclusions/E3", because), 409, "PERSON_PROTECTED");
    refused(ask("PUT", EXCLUSION, "/exclusions/E9", because), 404, "PERSON_UNKNOWN");
    refused(ask("PUT", EXCLUSION, "/exclusions/E1", ""), 422, "EXCLUSION_UNUSABLE");
    var past = "{\"reason\":\"why\",\"until\":\"2001-01-01\"}";
    refused(ask("PUT", EXCLUSION, "/exclusions/E1", past), 422, "EXCLUSION_UNUSABLE");
    for (var until : List.of("soon", "+999999999-01-01", "2099-02-30")) {
      var body = "{\"reason\":\"why\",\"until\":\"" + until + "\"}";
      assertThat(ask("PUT", EXCLUSION, "/exclusions/E1", body).status()).isEqualTo(400);
    }
    var wrong = "{\"reason\":\"why\",\"til\":\"2099-01-01\"}";
    assertThat(ask("PUT", EXCLUSION, "/exclusions/E1", wrong).status()).isEqualTo(400);
    var none = ask("GET", EXCLUSIONS, "/exclusions", "").json();
    assertThat(none.path("exclusions").size()).isZero();
  }

  @Test
  void whatTheGuardHoldsIsReleasedOnce() {
    site.file("people.csv", HEADER + ANN + CHAIR);
    site.run("plan", "people");
    var cluster = ask("POST", APPROVAL, "/plans/2/approval", "{\"cluster\":\"none such\"}");
    refused(cluster, 404, "CLUSTER_UNKNOWN");
    refused(ask("POST", APPROVAL, "/plans/9/approval", ""), 404, "PLAN_UNKNOWN");
    refused(ask("POST", APPROVAL, "/plans/1/approval", ""), 409, "PLAN_OUTDATED");
    assertThat(audited()).doesNotContain("token:desk plan.approved");
    var released = ask("POST", APPROVAL, "/plans/2/approval", "");
    assertThat(released.body()).isEqualTo("{\"flow\":\"people\",\"number\":2,\"released\":1}");
    assertThat(audited()).contains("token:desk plan.approved");
    run("apply", "people");
    assertThat(ask("GET", PERSON, "/people/E%202%2Fb", "").text("/changes/0/state"))
        .isEqualTo("done");
  }

  private HttpResponse<String> taking(String accept) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(calls.base() + "/admin/v1/flows/people/resume"))
            .header("Authorization", "Bearer " + calls.token())
            .header("Accept", accept)
            .POST(BodyPublishers.noBody())
            .build();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString());
    }
  }

  @Test
  void whoTakesNoJsonIsToldSoAndNothingIsDone() throws Exception {
    place.pauses().pause(new FlowId("people"), "a move", false);
    for (var accept :
        List.of("text/html", "*/*, application/json;q=0", "application/*;q=0.0, b/c")) {
      var refused = taking(accept);
      assertThat(refused.statusCode()).as(accept).isEqualTo(406);
      assertThat(refused.body()).contains("Not Acceptable");
    }
    assertThat(place.pauses().of(new FlowId("people"))).isPresent();
    for (var accept : List.of("text/html, */*;q=0.1", "application/*", "Application/JSON;q=0.5")) {
      assertThat(taking(accept).statusCode()).as(accept).isEqualTo(200);
    }
    assertThat(place.pauses().of(new FlowId("people"))).isEmpty();
  }
}
