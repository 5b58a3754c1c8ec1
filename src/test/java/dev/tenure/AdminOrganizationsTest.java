package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.access.Role;
import dev.tenure.testkit.ScimCalls;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// Organizations, what they are made of and their clients over the admin API.
class AdminOrganizationsTest {
  private static final String ALL = "/organizations";
  private static final String ONE = ALL + "/{organization}";
  private static final AdminSite ADMIN = AdminSite.open();

  @BeforeAll
  static void serve() {
    ADMIN.serve();
  }

  @AfterAll
  static void close() {
    ADMIN.close();
  }

  private static ScimCalls.Answer rule(String method, String template, String path, String body) {
    return ADMIN.ask(Role.ADMINISTRATOR, method, template, path, body);
  }

  /// Makes an organization of this name.
  private static void make(String name) {
    var made = rule("POST", ALL, ALL, "{\"organization\":\"" + name + "\"}");
    assertThat(made.status()).as(made.body()).isEqualTo(201);
  }

  /// What the command shows of it.
  private static void isAsTheCommandShowsIt(String name, ScimCalls.Answer answer) {
    var shown = (ObjectNode) answer.json();
    shown.remove("counts");
    assertThat(shown).isEqualTo(ADMIN.run("org", "show", name, "--output", "json").json());
  }

  @Test
  void anOrganizationIsMadeAndChangedAndIsWhatTheCommandShows() {
    var body = "{\"organization\":\"lab\",\"profile\":\"genesys\",\"retentionDays\":7}";
    var made = rule("POST", ALL, ALL, body);
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.text("/recreation")).isEqualTo("restore");
    isAsTheCommandShowsIt("lab", made);
    assertThat(rule("POST", ALL, ALL, body).text("/code")).isEqualTo("ORGANIZATION_EXISTS");
    var change =
        "{\"profile\":\"standard\",\"deletion\":\"soft\",\"unique\":[\"workEmail\"],"
            + "\"enabled\":false}";
    var changed = rule("PATCH", ONE, "/organizations/lab", change);
    assertThat(changed.text("/recreation")).isEqualTo("new");
    assertThat(changed.json().path("enabled").asBoolean()).isFalse();
    isAsTheCommandShowsIt("lab", ADMIN.get(ONE, "/organizations/lab"));
    var open = rule("PATCH", ONE, "/organizations/lab", "{\"enabled\":true}");
    assertThat(open.text("/deletion")).isEqualTo("soft");
    assertThat(ADMIN.audited("organization/lab"))
        .filteredOn(row -> row.startsWith("token:administrator"))
        .hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void organizationsAreListedPageByPageWithHowMuchThereIs() {
    make("alpha");
    var names = new ArrayList<String>();
    var next = ALL + "?limit=1";
    while (!next.isEmpty()) {
      var page = ADMIN.get(ALL, next);
      assertThat(page.json().path("organizations").size()).isEqualTo(1);
      names.add(page.text("/organizations/0/organization"));
      next = page.text("/next").replace("/admin/v1", "");
    }
    assertThat(names).contains("acme", "alpha").isSorted().doesNotHaveDuplicates();
    var acme = ADMIN.get(ONE, "/organizations/acme");
    assertThat(acme.json().at("/counts/roles").asInt()).isEqualTo(1);
    assertThat(acme.text("/owner")).isEqualTo("file");
  }

  @Test
  void whatItIsMadeOfIsAddedChangedAndTakenAway() {
    make("parts");
    var at = "/organizations/parts";
    rule("PUT", ONE + "/divisions/{division}", at + "/divisions/North%20%2F%20East", "");
    var pool = "{\"seats\":5,\"price\":75.5,\"whenFull\":\"refuse\"}";
    rule("PUT", ONE + "/licences/{licence}", at + "/licences/CX1", pool);
    rule("PUT", ONE + "/licences/{licence}", at + "/licences/CX1", "{\"seats\":6}");
    rule("PUT", ONE + "/roles/{role}", at + "/roles/Agent", "{\"licence\":\"CX1\"}");
    var carried = "{\"roles\":[{\"role\":\"Agent\",\"division\":\"North / East\"}]}";
    var shown = rule("PUT", ONE + "/groups/{group}", at + "/groups/Sales", carried);
    isAsTheCommandShowsIt("parts", shown);
    assertThat(shown.text("/divisions/0")).isEqualTo("North / East");
    assertThat(shown.json().at("/licences/0/seats").asInt()).isEqualTo(6);
    assertThat(shown.json().at("/licences/0/price").asDouble()).isEqualTo(75.5);
    assertThat(shown.text("/groups/0/roles/0/division")).isEqualTo("North / East");
    var unknown = rule("PUT", ONE + "/roles/{role}", at + "/roles/X", "{\"licence\":\"CX9\"}");
    assertThat(unknown.status()).isEqualTo(422);
    assertThat(unknown.text("/code")).isEqualTo("ORGANIZATION_PART_UNKNOWN");
    var removed = rule("DELETE", ONE + "/roles/{role}", at + "/roles/Agent", "");
    assertThat(removed.json().path("roles").isEmpty()).isTrue();
    var again = rule("DELETE", ONE + "/roles/{role}", at + "/roles/Agent", "");
    assertThat(again.status()).isEqualTo(404);
    for (var wrong : List.of("{\"seats\":-1}", "{\"price\":1e400}", "{\"price\":0.00000001}")) {
      var answer = rule("PUT", ONE + "/licences/{licence}", at + "/licences/CX1", wrong);
      assertThat(answer.status()).as(wrong).isEqualTo(400);
    }
  }

  @Test
  void whatTheFileOwnsIsShownAndNeverChanged() {
    var change = rule("PATCH", ONE, "/organizations/acme", "{\"deletion\":\"hard\"}");
    assertThat(change.status()).isEqualTo(409);
    assertThat(change.text("/code")).isEqualTo("DECLARED_IN_FILE");
    var rotate = ONE + "/clients/{client}/rotate";
    var client = rule("POST", rotate, "/organizations/acme/clients/idp/rotate", "");
    assertThat(client.text("/code")).isEqualTo("DECLARED_IN_FILE");
  }

  private static int asked(String organization, String token) {
    var base = URI.create(ADMIN.place().base() + "/" + organization);
    return new ScimCalls(base, token).send("GET", "/scim/v2/Users", "").status();
  }

  @Test
  void aClientIsHandedItsSecretOnceAndKeepsTheOldOneForAWhile() {
    make("keys");
    var at = "/organizations/keys/clients";
    var body = "{\"name\":\"entra\",\"kinds\":[\"token\",\"secret\"],\"role\":\"Viewer\"}";
    var made = rule("POST", ONE + "/clients", at, body);
    assertThat(made.status()).isEqualTo(201);
    var first = made.text("/token");
    assertThat(asked("keys", first)).isEqualTo(200);
    assertThat(rule("POST", ONE + "/clients", at, body).text("/code")).isEqualTo("CLIENT_EXISTS");
    var rotate = ONE + "/clients/{client}/rotate";
    var second = rule("POST", rotate, at + "/entra/rotate", "{\"kinds\":[\"token\"]}");
    assertThat(asked("keys", first)).isEqualTo(200);
    var third = rule("POST", rotate, at + "/entra/rotate", "{\"overlapHours\":0}");
    assertThat(asked("keys", first)).isEqualTo(401);
    assertThat(asked("keys", second.text("/token"))).isEqualTo(401);
    assertThat(asked("keys", third.text("/token"))).isEqualTo(200);
    var secrets = List.of(made, third).stream().map(a -> a.text("/clientSecret")).toList();
    var list =
        ADMIN.get(ONE + "/clients", at).body()
            + ADMIN.get(ONE + "/clients/{client}", at + "/entra").body()
            + ADMIN.place().audit();
    assertThat(list).contains("entra").doesNotContain(secrets).doesNotContain(first);
    var log = "token:administrator client.";
    assertThat(ADMIN.audited("organization/keys"))
        .contains(log + "changed", log + "credential-added");
  }

  @Test
  void aClientIsWhatTheCommandShowsAndItsCredentialsEndOneByOne() {
    make("ends");
    var at = "/organizations/ends/clients";
    var template = ONE + "/clients/{client}";
    var made = rule("POST", ONE + "/clients", at, "{\"name\":\"okta\",\"kinds\":[\"token\"]}");
    assertThat(asked("ends", made.text("/token"))).isEqualTo(200);
    var shown = ADMIN.get(template, at + "/okta");
    var told = ADMIN.run("client", "show", "ends", "okta", "--output", "json").json();
    assertThat(shown.json()).isEqualTo(told);
    var id = shown.text("/credentials/0/id");
    var one = template + "/credentials/{credential}";
    assertThat(rule("DELETE", one, at + "/okta/credentials/" + id, "").status()).isEqualTo(204);
    assertThat(asked("ends", made.text("/token"))).isEqualTo(401);
    var none = rule("DELETE", one, at + "/okta/credentials/" + id, "");
    assertThat(none.text("/code")).isEqualTo("CLIENT_UNKNOWN");
    assertThat(rule("DELETE", template, at + "/okta", "").status()).isEqualTo(204);
    assertThat(ADMIN.get(template, at + "/okta").text("/state")).isEqualTo("revoked");
    assertThat(ADMIN.audited("organization/ends"))
        .contains(
            "token:administrator client.credential-revoked", "token:administrator client.revoked");
  }

  @Test
  void aClientThatCannotBeIsRefused() {
    make("wrong");
    var at = "/organizations/wrong/clients";
    for (var body :
        List.of(
            "{}",
            "{\"name\":\"a b\"}",
            "{\"name\":\"a\",\"role\":\"Boss\"}",
            "{\"name\":\"a\",\"scopes\":[\"all\"]}",
            "{\"name\":\"a\",\"kinds\":[]}",
            "{\"name\":\"a\",\"days\":1.5}",
            "{\"name\":\"a\",\"addresses\":[\"here\"]}",
            "{\"name\":\"a\",\"certificates\":[\"none\"]}",
            "{\"name\":\"a\",\"keys\":{}}")) {
      assertThat(rule("POST", ONE + "/clients", at, body).status()).as(body).isEqualTo(400);
    }
    assertThat(ADMIN.get(ONE + "/clients", at).json().path("clients").isEmpty()).isTrue();
  }
}
