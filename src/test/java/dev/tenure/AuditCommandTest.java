package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The audit log as an administrator has it: searched, exported, verified, and a person forgotten.
class AuditCommandTest {
  private static final String LOG = "organization/acme";
  private static final String YAML =
      """
      organizations:
        acme:
          profile: genesys
          rateLimit: {requestsPerMinute: 3}
          clients:
            idp: {token: "${env:ACME_TOKEN}"}
      """;

  private final Site site = Site.with(YAML);
  private final Path export = site.data().resolveSibling("acme.jsonl");
  private final Path keys = site.data().resolveSibling("keys.pem");

  /// A user, a conflict, a missing user, and one request too many.
  @BeforeEach
  void work() throws IOException {
    try (var workplace = site.open()) {
      var calls = Site.calls(workplace, "acme");
      for (var mail : new String[] {"jane@example.com", "other@example.com", "third@example.com"}) {
        calls.send("POST", "/scim/v2/Users", user(mail));
      }
      calls.send("GET", "/scim/v2/Users", "");
    }
    assertThat(site.run("audit", "export", LOG, "--file", export.toString()).exit()).isZero();
    Files.writeString(keys, site.run("audit", "keys").out());
  }

  private static String user(String mail) {
    return """
    {"userName": "%s", "displayName": "X", "externalId": "E1",
     "emails": [{"value": "%s", "type": "work", "primary": true}]}\
    """
        .formatted(mail, mail);
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void whatHappenedIsFound() {
    var all = site.run("audit", LOG, "--output", "json").json();
    assertThat(all.findValuesAsString("action"))
        .containsExactlyInAnyOrder(
            "organization.changed",
            "client.changed",
            "client.credential-added",
            "user.created",
            "request.conflict",
            "request.conflict",
            "request.limited");
    var janes =
        site.run(
            "audit",
            LOG,
            "--person",
            "jane@example.com",
            "--from",
            "2026-01-01",
            "--output",
            "json");
    assertThat(janes.json().findValuesAsString("action")).containsExactly("user.created");
    var correlation = janes.json().path(0).path("correlation").asString("");
    var same = site.run("audit", LOG, "--correlation", correlation, "--output", "json");
    assertThat(same.json()).isEqualTo(janes.json());
    assertThat(site.run("audit", LOG, "--to", "2026-01-01", "--output", "json").json()).isEmpty();
  }

  @Test
  void whatIsTypedWrongIsSaid() {
    assertThat(site.run("audit").exit()).isEqualTo(2);
    assertThat(site.run("audit", LOG, "--from", "yesterday").err()).contains("--from is a time");
    assertThat(site.run("audit", "export", "flow/none").exit()).isEqualTo(2);
    assertThat(site.run("audit", "verify", export.toString()).err()).contains("--keys");
    assertThat(site.run("audit", "verify", LOG, "--keys", export.toString()).err())
        .contains("AUDIT_KEY");
    assertThat(site.run("audit", "erase", "jane@example.com").exit()).isEqualTo(2);
  }

  @Test
  void anExportIsVerifiedAnywhere() throws IOException {
    var good = verify();
    assertThat(good.exit()).as(good.err()).isZero();
    assertThat(good.json().path("rows").asInt()).isEqualTo(7);
    assertThat(good.json().path("intact").asBoolean()).isTrue();
    Files.writeString(
        export, Files.readString(export).replaceFirst("user.created", "user.creatad"));
    var bad = verify();
    assertThat(bad.exit()).isEqualTo(1);
    assertThat(bad.problems()).containsExactly("AUDIT_BROKEN");
    assertThat(bad.json().path("problems").path(0).path("details").path("row").asString(""))
        .isEqualTo("4");
  }

  @Test
  void aPersonIsForgottenAndTheLogStaysWhole() {
    assertThat(site.run("audit", "erase", "jane@example.com", "--yes").out()).contains(LOG);
    assertThat(site.run("audit", LOG).out()).contains("(erased)").doesNotContain("jane");
    var online = site.run("audit", "verify", LOG);
    assertThat(online.out()).contains("is intact: 8 rows").contains("of 3 the details were erased");
    assertThat(site.run("audit", "export", LOG).out()).doesNotContain("jane");
  }

  @Test
  void aNewKeySignsAndTheOldOneIsStillGood() throws IOException {
    assertThat(site.run("audit", "keys", "--rotate").out()).contains("Retired: ");
    assertThat(verify().exit()).isZero();
    Files.writeString(keys, site.run("audit", "keys").out());
    assertThat(site.run("audit", "export", LOG, "--file", export.toString()).exit()).isZero();
    assertThat(verify().exit()).isZero();
  }

  private Site.Ran verify() {
    return site.run(
        "audit", "verify", export.toString(), "--keys", keys.toString(), "--output", "json");
  }
}
