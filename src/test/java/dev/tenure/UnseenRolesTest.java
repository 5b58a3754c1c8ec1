package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.cli.Workplace;
import dev.tenure.testkit.Relay;
import dev.tenure.testkit.ScimCalls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A leaver whose account shows no role at the time of the plan loses those that there are all the
/// same: in Genesys Cloud they may have been granted beside SCIM, in any division.
class UnseenRolesTest {
  private static final String THEIRS =
      """
      organizations:
        cloud:
          profile: genesys
          quirks: []
          divisions: [Home, Sales]
          roles: {Agent: {}, Supervisor: {}}
          clients:
            idp: {token: "${env:ACME_TOKEN}"}
            tenure: {role: User Management, secret: "${env:CLOUD_SECRET}"}
      """;

  private static final String OURS =
      """
      sources:
        hr: {csv: {file: people.csv, key: id}}
      targets:
        cloud:
          genesys: {url: "RELAY", client: cloud.tenure, secret: "${env:CLOUD_SECRET}"}
      flows:
        people:
          source: hr
          target: cloud
          match: [externalId, userName]
          map: {userName: mail, displayName: mail}
          leaver: {goneFromSource: [deactivate, revoke-sessions, remove-roles]}
      """;

  private static final String SECRET = "a-secret-of-16-or-more";
  private static final String ANN = "ann@x.example";

  private final Site theirs = Site.with(THEIRS).variable("CLOUD_SECRET", SECRET);
  private final Workplace server = theirs.serve();
  private final Relay relay = new Relay(server.base());
  private final ScimCalls there = Site.calls(server, "cloud");
  private final ScimCalls platform = new ScimCalls(server.base(), Site.TOKEN);
  private final Site ours =
      Site.with(OURS.replace("RELAY", relay.address().toString())).variable("CLOUD_SECRET", SECRET);

  @AfterEach
  void close() {
    ours.close();
    relay.close();
    server.close();
    theirs.close();
  }

  private String run(int exit, String... words) {
    var ran = ours.run(words);
    assertThat(ran.exit()).as(ran.out() + ran.err()).isEqualTo(exit);
    return ran.out();
  }

  private String first(String path) {
    return platform.send("GET", "/api/v2/authorization/" + path, "").text("/entities/0/id");
  }

  private String subject() {
    return "/api/v2/authorization/subjects/" + there.user(ANN).path("id").asString("");
  }

  private void grant(String role, String division) {
    var pair =
        "{\"grants\":[{\"roleId\":\"%s\",\"divisionId\":\"%s\"}]}"
            .formatted(first("roles?name=" + role), first("divisions?name=" + division));
    assertThat(platform.send("POST", subject() + "/bulkadd", pair).status()).isEqualTo(204);
  }

  private int grants() {
    return platform.send("GET", subject(), "").json().path("grants").size();
  }

  @Test
  void rolesThatTheAccountDoesNotShowEndWithTheLock() {
    ours.file("people.csv", "id,mail\nE1,%s\nE2,bob@x.example\n".formatted(ANN));
    run(0, "plan", "people");
    run(0, "apply", "people");
    ours.file("people.csv", "id,mail\nE2,bob@x.example\n");
    assertThat(run(0, "plan", "people")).contains(ANN, "none that it shows");
    grant("Agent", "Home");
    grant("Supervisor", "Sales");
    assertThat(grants()).isEqualTo(2);
    // Here a grant is a change of the user, too.
    ours.sql("update change set request = request - 'ifMatch' where lane = 0");
    run(0, "apply", "people");
    assertThat(there.user(ANN).path("active").asBoolean(true)).isFalse();
    assertThat(grants()).isZero();
    assertThat(run(0, "receipts", "people"))
        .containsPattern("deactivate +seen")
        .containsPattern("remove-roles +seen");
    assertThat(ours.run("plan", "people", "--output", "json").json().path("changes")).isEmpty();
  }
}
