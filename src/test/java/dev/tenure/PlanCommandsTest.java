package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.audit.AuditEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/// What somebody does with plans on the command line: look, compare, approve a cluster, undo; and
/// clean up what was there before.
class PlanCommandsTest {
  private static final String CLUSTER = "department=Sales vanished";
  private static final String YAML =
      """
      sources:
        company:
          csv: {file: people.csv, key: id, disabled: {column: state, values: [left]}}
      targets:
        acme: {organization: acme}
      organizations:
        acme:
          licences:
            CX1: {seats: 20, price: 75.00}
          roles:
            Agent: {licence: CX1}
          clients:
            idp: {token: "${env:ACME_TOKEN}"}
      flows:
        people:
          source: company
          target: acme
          every: 1h
          map:
            userName: mail
            "name.givenName": given
            "name.familyName": family
            'emails[type eq "work"].value': mail
            department: department
            roles: '["Agent"]'
      """;

  private final Site site = Site.with(YAML);

  @AfterEach
  void close() {
    site.close();
  }

  /// Eight of Sales and four of Service; those whose number is `from` or more, `left` is disabled.
  private void people(int from, int left) {
    var csv = new StringBuilder("id,mail,given,family,department,state\n");
    for (var i = 1; i <= 12; i++) {
      if (i < from && i != left) continue;
      csv.append(
          "E%d,p%d@x.example,P,Person%d,%s,%s\n"
              .formatted(i, i, i, i <= 8 ? "Sales" : "Service", i == left ? "left" : "here"));
    }
    site.file("people.csv", csv.toString());
  }

  private Site.Ran run(int exit, String... words) {
    var ran = site.run(words);
    assertThat(ran.exit()).as(ran.out() + ran.err()).isEqualTo(exit);
    return ran;
  }

  private JsonNode json(int exit, String... words) {
    var typed = new ArrayList<>(List.of(words));
    typed.addAll(List.of("--output", "json"));
    return run(exit, typed.toArray(String[]::new)).json();
  }

  private List<AuditEntry> audit() {
    try (var work = Work.at(site)) {
      return work.audit("flow/people");
    }
  }

  /// The accounts by userName, without what the target alone rules over.
  private Map<String, JsonNode> users() {
    try (var work = Work.at(site)) {
      var users = new TreeMap<String, JsonNode>();
      for (var user : work.acme().users()) {
        ((ObjectNode) user).remove("meta");
        users.put(user.path("userName").stringValue(), user);
      }
      return users;
    }
  }

  private JsonNode user(String userName) {
    return users().getOrDefault(userName, MissingNode.getInstance());
  }

  /// A title that no table knows is said of some whom it concerns, of all with --all.
  @Test
  void whatIsSaidOfManyIsSaidOfSomeAndCounted() {
    people(1, 0);
    site.replacing("roles: '[\"Agent\"]'", "roles: lookup(\"roles\", department)")
        .replacing("flows:\n", "tables: {roles: {Service: Agent}}\nflows:\n");
    assertThat(run(0, "plan", "people").out())
        .contains("findings: 8\n", "no entry for 'Sales' (person=E5,")
        .contains("    … 3 more that say the same (--all)\n")
        .doesNotContain("person=E6,");
    assertThat(run(0, "plan", "people", "--all").out())
        .contains("person=E8,")
        .doesNotContain("(--all)");
  }

  @Test
  void aClusterIsApprovedByItsNameAndAnAppliedPlanIsUndone() {
    people(1, 0);
    run(0, "plan", "people");
    run(0, "apply", "people");
    var before = users();
    people(9, 3);
    assertThat(run(3, "plan", "people").out()).contains("HELD " + CLUSTER);
    run(3, "apply", "people");
    assertThat(user("p3@x.example").path("active").booleanValue()).isFalse();
    assertThat(user("p1@x.example")).isEqualTo(before.get("p1@x.example"));
    var unknown = json(2, "approve", "people", "2", "--cluster", "department=Legal vanished");
    assertThat(unknown.at("/problems/0/code").stringValue()).isEqualTo("CLUSTER_UNKNOWN");
    assertThat(unknown.at("/problems/0/details/clusters").stringValue()).isEqualTo(CLUSTER);
    var approved = json(0, "approve", "people", "2", "--cluster", CLUSTER);
    assertThat(approved.path("released").intValue()).isEqualTo(7);
    run(0, "apply", "people");
    assertThat(audit())
        .filteredOn(e -> e.action().equals("plan.approved"))
        .singleElement()
        .matches(e -> e.actor().startsWith("cli:"))
        .matches(e -> e.detail().path("cluster").stringValue().equals(CLUSTER));
    undone(before);
  }

  private void undone(Map<String, JsonNode> before) {
    var plan = json(0, "undo", "people", "2");
    assertThat(plan.path("changes")).hasSize(8);
    run(0, "apply", "people", "--plan", "3");
    assertThat(users()).isEqualTo(before);
    assertThat(json(0, "plans", "people").path("plans")).hasSize(3);
  }

  @Test
  void aPlanIsShownWithWhatItCostsAndComparedWithAnother() {
    people(1, 0);
    run(0, "plan", "people");
    var shown = json(0, "show", "people", "1", "--rate", "60");
    assertThat(shown.at("/totals/created").intValue()).isEqualTo(12);
    assertThat(shown.at("/totals/seconds").intValue()).isEqualTo(12);
    assertThat(shown.at("/seats/0/change").intValue()).isEqualTo(12);
    assertThat(shown.at("/seats/0/moneyPerMonth").decimalValue()).isEqualByComparingTo("900");
    assertThat(run(0, "show", "people", "1").out()).contains("seats: CX1 +12 (then 12 of 20)");
    people(1, 12);
    run(0, "plan", "people");
    var diff = json(0, "diff", "people", "1", "2");
    assertThat(diff.path("same").intValue()).isEqualTo(11);
    assertThat(diff.at("/gone/0/person").stringValue()).isEqualTo("E12");
    assertThat(run(0, "diff", "people", "2", "1").out()).startsWith("1 new, 0 gone, 0 changed");
    run(0, "apply", "people");
    people(2, 12);
    run(0, "plan", "people");
    var effect = json(0, "show", "people", "3").path("seats");
    assertThat(effect.findValuesAsString("change")).containsExactly("-1");
    run(2, "show", "people", "77");
  }

  @Test
  void whatWasThereBeforeIsDecidedAppliedAndUndone() throws Exception {
    people(11, 0);
    try (var work = Work.at(site)) {
      work.acme()
          .create(
              """
              {"userName": "old11", "externalId": "HR-11",
               "emails": [{"value": "P11@x.example", "type": "work"}],
               "name": {"givenName": "P", "familyName": "Person11"}, "title": "Chief"}\
              """);
      work.acme()
          .create(
              """
              {"userName": "ghost", "active": false, "roles": [{"value": "Agent"}]}\
              """);
    }
    var before = users();
    var found = json(0, "reconcile", "people").path("conflicts");
    assertThat(found.findValuesAsString("id")).hasSize(2);
    assertThat(found.at("/0/proposal").stringValue()).isEqualTo("adopt");
    assertThat(found.at("/0/confidence").doubleValue()).isBetween(0.7, 0.99);
    var none = json(0, "reconcile", "people", "--accept", "other-external-id", "--apply");
    assertThat(none.path("changes")).isEmpty();
    run(2, "reconcile", "people", "--min-confidence", "0.5", "--apply");
    var file = decided(run(0, "reconcile", "people", "--output", "csv").out());
    var plan = json(0, "reconcile", "people", "--file", file, "--apply");
    assertThat(plan.path("changes")).hasSize(found.size());
    run(0, "apply", "people", "--plan", plan.path("number").asString());
    assertThat(user("p11@x.example").path("externalId").stringValue()).isEqualTo("E11");
    assertThat(user("ghost").path("roles")).isEmpty();
    run(0, "undo", "people", plan.path("number").asString());
    run(0, "apply", "people");
    assertThat(users()).isEqualTo(before);
    assertThat(json(0, "reconcile", "people").path("conflicts")).isEqualTo(found);
    assertThat(audit()).extracting(AuditEntry::action).contains("link.made", "link.dropped");
  }

  /// Every row accepted, as somebody would in a spreadsheet.
  private String decided(String csv) throws java.io.IOException {
    var file = site.data().resolveSibling("decisions.csv");
    Files.writeString(file, csv.replaceAll("(?m)^,(?=[a-z-]+/)", "accept,"));
    return Path.of(file.toString()).toString();
  }
}
