package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.flow.Turn;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who is erased is forgotten in all that flows keep, as soon as nothing needs them any more.
class ErasureTest {
  private static final String YAML =
      """
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
          sweep: 0s
          follow: false
          match: [externalId]
          map: {userName: mail, title: title}
          guard: {leavers: 2}
      """;

  private static final String HEAD = "id,mail,title\n";
  private static final String ANN = "E1,ann@example.com,Agent\n";
  private static final List<String> TABLES =
      List.of(
          "flow_person",
          "flow_person_past",
          "flow_agenda",
          "flow_account",
          "flow_account_key",
          "flow_state",
          "link",
          "plan",
          "change");

  private final Site site = Site.with(YAML);

  /// Bob comes, is promoted, and leaves.
  @BeforeEach
  void live() throws InterruptedException {
    for (var rows :
        List.of(
            ANN + "E2,bob@example.com,Agent\n", ANN + "E2,bob@example.com,Lead of sales\n", ANN)) {
      site.file("people.csv", HEAD + rows);
      turn();
    }
  }

  @AfterEach
  void close() {
    site.close();
  }

  private Turn turn() throws InterruptedException {
    try (var work = Work.at(site)) {
      return work.place().cycle().turn(work.flow(), true);
    }
  }

  /// The rows of the flows' tables with this text.
  private List<String> rows(String text) {
    var found = new ArrayList<String>();
    for (var table : TABLES) {
      site.rows("select '" + table + ' ' + "' || t::text from " + table + " t").stream()
          .filter(row -> row.contains(text))
          .forEach(found::add);
    }
    return found;
  }

  private Site.Ran erase(String who) {
    return site.run("audit", "erase", who, "--yes", "--output", "json");
  }

  @Test
  void ofALeaverWhoseAccountIsLockedOnlyTheLockIsLeft() throws InterruptedException {
    assertThat(rows("Lead of sales")).isNotEmpty();
    var erased = erase("bob@example.com").json();
    assertThat(erased.findValuesAsString("kept")).containsExactly("account");
    assertThat(erased.findValuesAsString("where")).contains("data of flow people", "flow/people");
    assertThat(rows("Lead of sales")).allMatch(row -> row.startsWith("flow_account "));
    assertThat(site.run("audit", "flow/people").out()).doesNotContain("Lead").doesNotContain("E2");

    try (var work = Work.at(site)) {
      var id = work.acme().user("bob@example.com").path("id").asString("");
      var unlocked =
          """
          {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
           "Operations": [{"op": "replace", "path": "active", "value": true}]}\
          """;
      assertThat(work.acme().send("PATCH", "/scim/v2/Users/" + id, unlocked).status())
          .isEqualTo(200);
    }
    turn();
    try (var work = Work.at(site)) {
      assertThat(work.acme().user("bob@example.com").path("active").asBoolean(true)).isFalse();
    }
  }

  @Test
  void whoseAccountIsGoneLeavesNothing() throws InterruptedException {
    try (var work = Work.at(site)) {
      var id = work.acme().user("bob@example.com").path("id").asString("");
      assertThat(work.acme().send("DELETE", "/scim/v2/Users/" + id, "").status()).isEqualTo(204);
    }
    turn();
    var erased = erase("E2").json();
    assertThat(erased.findValuesAsString("kept")).isEmpty();
    assertThat(rows("bob@example.com")).isEmpty();
    assertThat(rows("E2")).isEmpty();
    assertThat(turn().report().orElseThrow().plan().changes()).isEmpty();
    assertThat(site.run("audit", "verify", "flow/people").exit()).isZero();
    assertThat(rows("ann@example.com")).isNotEmpty();
  }

  @Test
  void whoIsStillThereStays() throws InterruptedException {
    var ran = site.run("audit", "erase", "ann@example.com", "--yes");
    assertThat(ran.out()).contains("the source still has them");
    assertThat(turn().report().orElseThrow().plan().changes()).isEmpty();
    assertThat(rows("ann@example.com")).isNotEmpty().noneMatch(row -> row.startsWith("change "));
  }
}
