package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.cli.Workplace;
import dev.tenure.testkit.Relay;
import dev.tenure.testkit.Relay.Stub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A leaver's sessions could not be ended; the permission is mended, and what is left is sent.
class RetryTest {
  private static final String THEIRS =
      """
      organizations:
        cloud:
          profile: genesys
          quirks: []
          roles: {Agent: {}}
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
          map: {userName: mail, displayName: mail, roles: '["Agent"]'}
          leaver: {goneFromSource: [deactivate, revoke-sessions, remove-roles]}
      """;

  private static final String HEADER = "id,mail\n";
  private static final String ANN = "E1,ann@x.example\n";
  private static final String BOB = "E2,bob@x.example\n";
  private static final String SECRET = "a-secret-of-16-or-more";
  private static final String TOKENS = "DELETE /api/v2/tokens/";

  private final Site theirs = Site.with(THEIRS).variable("CLOUD_SECRET", SECRET);
  private final Workplace server = theirs.serve();
  private final Relay relay = new Relay(server.base());
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

  @Test
  void whatTheTargetRefusedIsSentWhenItIsAllowed() {
    ours.file("people.csv", HEADER + ANN + BOB);
    run(0, "plan", "people");
    run(0, "apply", "people");
    assertThat(run(0, "retry", "people")).contains("nothing to send again");
    relay.stub(TOKENS, new Stub(403, "{\"code\": \"missing.permissions\"}"));
    ours.file("people.csv", HEADER + BOB);
    run(0, "plan", "people");
    run(1, "apply", "people");
    assertThat(run(0, "failed", "people")).contains("ann@x.example", "tenure retry");
    assertThat(run(0, "receipts", "people"))
        .contains("INSIDE")
        .containsPattern("deactivate +seen")
        .containsPattern("revoke-sessions +open");
    assertThat(ours.run("plan", "people", "--output", "json").json().path("changes")).isEmpty();
    assertThat(run(1, "retry", "people", "E1")).contains("1 refused");
    relay.unstub(TOKENS);
    relay.requests().clear();
    var sent = ours.run("retry", "people", "ann@x.example", "--output", "json");
    assertThat(sent.exit()).as(sent.err()).isZero();
    assertThat(sent.json().at("/plans/0/done").asInt()).isEqualTo(1);
    assertThat(relay.requests("PATCH ")).isEmpty();
    assertThat(relay.requests(TOKENS)).hasSize(1);
    assertThat(run(0, "receipts", "people"))
        .contains("out, read back")
        .doesNotContain("INSIDE", "open");
    assertThat(run(0, "failed", "people")).doesNotContain("ann@x.example");
    assertThat(run(0, "audit", "flow/people", "--action", "plan.retried")).contains("plan 2");
    assertThat(ours.run("retry", "people", "nobody", "--output", "json").problems())
        .contains("PERSON_UNKNOWN");
  }
}
