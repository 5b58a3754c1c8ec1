package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.access.Role;
import dev.tenure.testkit.ScimCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Backups, erasures, other rules, and what was given up, over the admin API.
class AdminOfficeTest {
  private static final String SIMULATION = "/flows/{flow}/simulation";
  private static final String FLOW =
      """
      flows:
        people:
          source: hr
          target: acme
          match: [externalId, userName]
          map: {userName: mail, title: "'%s'", department: department, roles: title}
      """;

  private final AdminSite admin = AdminSite.open();

  @BeforeEach
  void serve() {
    admin.serve();
  }

  @AfterEach
  void close() {
    admin.close();
  }

  private ScimCalls.Answer rule(String path, String body) {
    return admin.ask(Role.ADMINISTRATOR, "POST", path, path, body);
  }

  private ScimCalls.Answer simulate(String type, String body) {
    var calls = new ScimCalls(admin.place().base(), admin.token(Role.OPERATOR));
    var path = "/admin/v1/flows/people/simulation";
    return calls.send("POST", path, new ScimCalls.Body(type, body));
  }

  private ScimCalls.Answer simulate(String yaml) {
    return simulate("application/yaml", yaml);
  }

  @Test
  void aBackupIsWrittenByAJobToAFileThatIsWholeAndPrivate() throws IOException {
    var job = admin.ended(rule("/backups", ""), "done");
    assertThat(AdminCalls.mistakes("Backup", job.json().path("result"))).isEmpty();
    var file = Path.of(job.text("/result/file"));
    assertThat(file.getParent()).hasFileName("backups");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(admin.run("restore", file.toString(), "--check").out()).contains("rows");
    assertThat(admin.ask(Role.OPERATOR, "POST", "/backups", "/backups", "").status())
        .isEqualTo(403);
  }

  @Test
  void whoIsErasedIsForgottenAndNotNamedByTheJob() {
    admin.planAndApply();
    admin.people(AdminSite.HEADER + AdminSite.BOB + AdminSite.CARA);
    var job = admin.ended(rule("/erasures", "{\"person\":\"E1\"}"), "done");
    assertThat(job.body()).doesNotContain("E1");
    assertThat(AdminCalls.mistakes("Erased", job.json().path("result"))).isEmpty();
    assertThat(job.json().at("/result/erased/0/rows").asInt()).isPositive();
    assertThat(admin.audited("flow/people")).contains("token:administrator person.erased");
    var log = "{\"person\":\"nobody\",\"log\":\"organization/acme\"}";
    assertThat(admin.ended(rule("/erasures", log), "done").body())
        .contains("Nothing tells of this person.");
    assertThat(rule("/erasures", "{\"person\":\"E2\",\"log\":\"flow/none\"}").status())
        .isEqualTo(404);
    assertThat(rule("/erasures", "{}").status()).isEqualTo(400);
    var body = "{\"person\":\"E2\"}";
    assertThat(admin.ask(Role.OPERATOR, "POST", "/erasures", "/erasures", body).status())
        .isEqualTo(403);
  }

  @Test
  void otherRulesAreTriedOnEverybodyAndNothingIsWritten() {
    var begun = simulate(FLOW.formatted("Chief"));
    var job = admin.ended(begun, "done");
    assertThat(AdminCalls.mistakes("Simulation", job.json().path("result"))).isEmpty();
    assertThat(job.json().at("/result/differing").asInt()).isEqualTo(3);
    assertThat(job.body()).contains("'Agent' → 'Chief'");
    var json = "{\"tables\":{\"unused\":{\"a\":\"b\"}}}";
    var same = admin.ended(simulate("application/json", json), "done");
    assertThat(same.json().at("/result/differing").asInt()).isZero();
    assertThat(admin.get("/flows/{flow}/plans", "/flows/people/plans").body())
        .isEqualTo("{\"plans\":[]}");
  }

  @Test
  void otherRulesReadNoFilesAndNoVariablesAndChangeNothingElse() {
    var secret = FLOW.formatted("${env:ACME_TOKEN}");
    for (var wrong :
        List.of(
            secret,
            FLOW.formatted("${file:/etc/passwd}"),
            "tables: {t: {file: /etc/passwd}}",
            "tables: &t {t: {file: /etc/passwd}}",
            "sources: {hr: {csv: {file: /etc/passwd, key: id}}}",
            FLOW.formatted("' + nothing + '"),
            "flows: {people: {source: none, target: acme}}",
            "flows: [",
            "a: b")) {
      var answer = simulate(wrong);
      assertThat(answer.status()).as(wrong + answer.body()).isEqualTo(422);
      assertThat(answer.body()).doesNotContain("root:", "ACME_SECRET");
    }
    assertThat(simulate(FLOW.formatted("' + nothing + '")).text("/details/at"))
        .startsWith("body:6:");
    assertThat(simulate("").status()).isEqualTo(400);
    assertThat(simulate("text/plain", "flows: {}").status()).isEqualTo(415);
    assertThat(simulate(" ".repeat(1_100_000)).status()).isEqualTo(413);
    var none = admin.ask(Role.OPERATOR, "POST", SIMULATION, "/flows/none/simulation", "");
    assertThat(none.status()).isEqualTo(404);
  }

  @Test
  void whatWasGivenUpIsWhatTheCommandPrintsAndKeysAreTheSame() {
    var failed = admin.get("/flows/{flow}/failed", "/flows/people/failed");
    assertThat(failed.json()).isEqualTo(admin.run("failed", "people", "--output", "json").json());
    var keys = admin.get("/audit/keys", "/audit/keys");
    assertThat(keys.text("/keys").strip()).isEqualTo(admin.run("audit", "keys").out().strip());
    var rotated = rule("/audit/keys/rotate", "");
    assertThat(rotated.text("/keys")).contains("BEGIN PUBLIC KEY").isNotEqualTo(keys.text("/keys"));
  }
}
