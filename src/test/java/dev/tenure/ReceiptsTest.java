package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `tenure receipts` over HTTP: who is still inside, and who went out.
class ReceiptsTest {
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
          match: [externalId]
          map: {userName: mail, title: title}
          guard: {leavers: 2}
      """;

  private static final String HEAD = "id,mail,title\n";
  private static final String ANN = "E1,ann@example.com,Agent\n";

  private final Site site = Site.with(YAML);

  @BeforeEach
  void bobLeaves() {
    site.file("people.csv", HEAD + ANN + "E2,bob@example.com,Agent\n");
    run(0, "plan", "people");
    run(0, "apply", "people");
    assertThat(run(0, "receipts", "people").out()).contains("nobody has left yet");
    site.file("people.csv", HEAD + ANN);
    run(0, "pause", "people", "--reason", "maintenance");
    run(0, "plan", "people");
    run(1, "apply", "people");
  }

  @AfterEach
  void close() {
    site.close();
  }

  private Site.Ran run(int exit, String... words) {
    var ran = site.run(words);
    assertThat(ran.exit()).as(ran.out() + ran.err()).isEqualTo(exit);
    return ran;
  }

  /// As a target has them that ends sessions and roles by calls of their own.
  @Test
  void theStepsOfALeaverStandBelowThemWithTheTimeSinceTheyWerePlanned() {
    run(0, "resume", "people");
    run(0, "apply", "people");
    site.sql(
        """
        update change c set steps = jsonb_build_array(
          jsonb_build_object('step', 'deactivate', 'at', p.made_at + interval '2 s',
            'readBack', 'confirmed'),
          jsonb_build_object('step', 'revoke-sessions', 'at', p.made_at + interval '3.5 s',
            'readBack', 'unread'),
          jsonb_build_object('step', 'remove-roles'))
        from plan p where p.flow = c.flow and p.number = c.plan and c.person = 'E2' and c.lane = 0\
        """);
    var lines = run(0, "receipts", "people").out().lines().toList();
    assertThat(lines).hasSize(5);
    assertThat(lines.get(1)).startsWith("bob@example.com").contains("out, read back");
    assertThat(lines.get(2)).matches("  deactivate +seen +\\+2\\.0");
    assertThat(lines.get(3)).matches("  revoke-sessions +not readable +\\+3\\.5");
    assertThat(lines.get(4)).matches("  remove-roles +open");
    assertThat(lines.get(2).indexOf("+2.0")).isEqualTo(lines.get(0).indexOf("seconds"));
  }

  @Test
  void whoIsInsideIsToldUntilTheyAreSeenToBeOut() {
    assertThat(run(0, "receipts", "people").out()).contains("bob@example.com", "INSIDE: under way");
    run(1, "receipts", "people", "--late", "0");
    run(0, "receipts", "people", "--late", "3600");
    run(0, "resume", "people");
    run(0, "apply", "people");
    var out = run(0, "receipts", "people", "--late", "0").out();
    assertThat(out).contains("bob@example.com", "out, read back").doesNotContain("ann@", "INSIDE");
    var receipt = run(0, "receipts", "people", "--output", "json").json().at("/receipts/0");
    assertThat(receipt.path("readBack").asString("")).isEqualTo("confirmed");
    assertThat(receipt.path("taken").toString()).contains("active");
    assertThat(receipt.path("milliseconds").asLong(-1)).isPositive();
    var logged = run(0, "audit", "flow/people", "--person", "E2", "--output", "json").json();
    assertThat(logged.findValuesAsString("readBack")).containsExactly("confirmed");
  }
}
