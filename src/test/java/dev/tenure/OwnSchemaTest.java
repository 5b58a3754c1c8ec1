package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A flow into an organization that declares an extension of its users.
class OwnSchemaTest {
  private static final String DESK = "urn:example:scim:schemas:extension:Desk";
  private static final String YAML =
      """
      sources:
        company: {csv: {file: people.csv, key: id, many: [keys]}}
      targets:
        acme: {organization: acme}
      organizations:
        acme:
          clients:
            idp: {token: "${env:ACME_TOKEN}"}
          schemas:
            urn:example:scim:schemas:extension:Desk:
              attributes:
                room: {uniqueness: server}
                windows: {type: integer}
                keys: {multiValued: true}
                phone: {type: complex, subAttributes: {value: {}, area: {}}}
                pin: {returned: never}
          resourceTypes:
            User: {extensions: ["urn:example:scim:schemas:extension:Desk"]}
      flows:
        people:
          source: company
          target: acme
          match: [room, externalId]
          map:
            userName: mail
            "urn:example:scim:schemas:extension:Desk:room": room
            windows: '2'
            keys: keys
            phone.area: area
            pin: {value: id, owner: on-create}
      """;

  private final Site site =
      Site.with(YAML)
          .file("people.csv", "id,mail,room,area,keys\n1,ann@x,R1,089,k1;k2\n2,bob@x,R2,,\n");

  @AfterEach
  void close() {
    site.close();
  }

  private Site.Ran assertDone(String command) {
    var ran = site.run(command, "people", "--output", "json");
    assertThat(ran.exit()).as(ran.err()).isZero();
    return ran;
  }

  @Test
  void theAttributesOfTheExtensionAreMappedAndAPlanAfterwardsIsEmpty() {
    assertDone("plan");
    assertDone("apply");
    try (var workplace = site.open()) {
      var calls = Site.calls(workplace, "acme");
      var desk = calls.user("ann@x").path(DESK);
      assertThat(desk.path("room").asString("")).isEqualTo("R1");
      assertThat(desk.path("windows").intValue()).isEqualTo(2);
      assertThat(desk.path("keys")).hasSize(2);
      assertThat(desk.path("phone").path("area").asString("")).isEqualTo("089");
      assertThat(desk.has("pin")).isFalse();
      assertThat(calls.total(DESK + ":keys eq \"K2\"")).isOne();
    }
    assertThat(site.run("plan", "people", "--output", "json").json().path("changes").size())
        .isZero();
    site.file("people.csv", "id,mail,room,area,keys\n1,ann@x,R1,030,k1\n2,bob@x,R3,,\n");
    assertDone("plan");
    assertDone("apply");
    try (var workplace = site.open()) {
      var calls = Site.calls(workplace, "acme");
      assertThat(calls.user("ann@x").at("/" + DESK + "/keys")).hasSize(1);
      assertThat(calls.total("room eq \"r3\"")).isOne();
    }
    assertThat(site.run("plan", "people", "--output", "json").json().path("changes").size())
        .isZero();
  }

  @Test
  void withoutTheExtensionItsAttributesAreNotKnown() {
    site.replacing("User: {extensions", "Group: {extensions");
    var told = site.run("check").err();
    assertThat(told)
        .contains("MAP_ATTRIBUTE: an account has no attribute 'windows'")
        .contains("tenure.yaml:");
  }

  @Test
  void whatIsNeverAnsweredCanBeSetOnCreationOnly() {
    site.replacing("pin: {value: id, owner: on-create}", "pin: id");
    var ran = site.run("check");
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("MAP_ATTRIBUTE: the target does not answer 'pin'");
  }

  @Test
  void aCommandDoesNotWriteWhatTheRunningServerDoesNotKnow() {
    try (var _ = site.serve()) {
      assertDone("plan");
      site.replacing("keys: {multiValued: true}", "keys: {multiValued: true, caseExact: true}");
      var ran = site.run("plan", "people", "--output", "json");
      assertThat(ran.problems()).containsExactly("CONFIG_REFERENCE");
    }
  }
}
