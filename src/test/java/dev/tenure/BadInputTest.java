package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.Office.Staff;
import dev.tenure.Site.Ran;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Whatever is wrong: a stable code, what and where, a remedy, and an exit code; never a trace.
class BadInputTest {
  private static final String CSV =
      """
      sources:
        company: {csv: {file: people.csv, key: id}}
      targets:
        acme: {organization: acme}
      organizations:
        acme:
          clients:
            idp: {token: "${env:ACME_TOKEN}"}
      tables:
        divisions: {Verkauf: Sales}
      flows:
        people:
          source: company
          target: acme
          map:
            userName: mail
            title: title
            division: 'lookup("divisions", department)'
      """;

  private static Office office;
  private final Site site = Site.with(CSV).file("people.csv", "id,mail,title,department\n");

  @BeforeAll
  static void openOffice() {
    office = Office.open().hire("Sales", new Staff("1", "Ann", "Arbor", "Verkauf", "Seller"));
  }

  @AfterAll
  static void closeOffice() {
    office.close();
  }

  @AfterEach
  void close() {
    site.close();
  }

  /// A problem as it is told in both forms; `words` stand in its line.
  private static void assertTold(Site at, int exit, String code, String command, String... words) {
    var line = at.run(command.split(" "));
    assertThat(line.exit()).as(line.err()).isEqualTo(exit);
    assertThat(line.out()).isEmpty();
    assertThat(line.err()).startsWith(code + ": ").doesNotContain("\tat ");
    for (var word : words) assertThat(line.err()).contains(word);
    var json = at.run((command + " --output json").split(" "));
    assertThat(json.exit()).isEqualTo(exit);
    assertThat(json.out()).isEmpty();
    assertThat(json.problems()).contains(code);
    json.json()
        .path("problems")
        .forEach(p -> {
          assertThat(p.path("message").asString("")).isNotBlank();
          assertThat(p.path("remedy").asString("")).isNotBlank();
        });
  }

  private static Site onLdap() {
    return office.seenBy(Site.with(Office.YAML));
  }

  @Test
  void aWrongBindPasswordIsToldAndNotShown() {
    try (var ldap = onLdap().variable("LDAP_PASSWORD", "hunter2-hunter2")) {
      assertTold(ldap, 1, "SOURCE_REFUSED", "plan people", "cn=admin,dc=example,dc=com");
      assertThat(ldap.run("plan", "people").err()).doesNotContain("hunter2");
    }
  }

  @Test
  void aDirectoryThatDoesNotAnswerIsNamed() {
    try (var ldap = onLdap().variable("LDAP_URL", "ldap://127.0.0.1:1")) {
      assertTold(ldap, 1, "SOURCE_UNREACHABLE", "plan people", "ldap://127.0.0.1:1", "check 'url'");
      assertThat(ldap.run("status", "--output", "json").exit()).isZero();
    }
  }

  @Test
  void aRowWithoutItsKeyIsToldWithItsLineAndStopsNobodyElse() {
    site.file(
        "people.csv",
        """
        id,mail,title,department
        1,one@example.com,Seller,Verkauf
        ,nobody@example.com,Seller,Verkauf
        3,three@example.com,Seller,Verkauf
        """);
    var ran = site.run("plan", "people", "--output", "json");
    assertThat(ran.exit()).isZero();
    assertThat(ran.json().path("changes")).hasSize(2);
    assertThat(ran.findings()).containsExactly("SOURCE_ROW");
    assertThat(ran.json().at("/findings/0/details/record").stringValue()).endsWith("people.csv:3");
    assertThat(site.run("plan", "people").out()).contains("! SOURCE_ROW: ", "people.csv:3");
  }

  @Test
  void anUnmappedDepartmentIsAFindingOfThatPersonOnly() {
    site.file(
        "people.csv",
        """
        id,mail,title,department
        1,one@example.com,Seller,Verkauf
        2,two@example.com,Seller,Salez
        """);
    var ran = site.run("plan", "people", "--output", "json");
    assertThat(ran.exit()).isZero();
    assertThat(ran.json().at("/changes/0/person").stringValue()).isEqualTo("1");
    assertThat(ran.json().path("changes")).hasSize(1);
    var finding = ran.json().at("/findings/0");
    assertThat(finding.path("code").stringValue()).isEqualTo("MAP_NO_ENTRY");
    assertThat(finding.at("/details/person").stringValue()).isEqualTo("2");
    assertThat(finding.at("/details/value").stringValue()).isEqualTo("Salez");
  }

  @Test
  void allMistakesOfTheFileAreToldAtOnceEachWithItsPlace() throws IOException {
    site.replacing("title: title", "title: size(title)")
        .replacing("userName: mail", "usrName: mail")
        .replacing("source: company\n", "source: compny\n")
        .replacing("  people:\n", "  people:\n    evry: 1m\n");
    var ran = site.run("check");
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err().lines())
        .hasSizeGreaterThanOrEqualTo(2)
        .anyMatch(l -> l.startsWith("CONFIG_UNKNOWN_KEY") && l.contains(place("evry:")))
        .anyMatch(l -> l.startsWith("CONFIG_REFERENCE") && l.contains("company"));
    site.replacing("source: compny\n", "source: company\n");
    var mapped = site.run("check");
    assertThat(mapped.exit()).isEqualTo(2);
    assertThat(mapped.err().lines())
        .anyMatch(l -> l.startsWith("MAP_EXPRESSION") && l.contains(place("size(title)")))
        .anyMatch(l -> l.startsWith("MAP_ATTRIBUTE") && l.contains("did you mean 'userName'"))
        .anyMatch(l -> l.startsWith("CONFIG_UNKNOWN_KEY") && l.contains("every"));
    assertTold(site, 2, "CONFIG_UNKNOWN_KEY", "plan people");
  }

  /// `tenure.yaml:LINE:COLUMN` of these words.
  private String place(String words) {
    try {
      var lines = Files.readAllLines(site.config());
      for (var i = 0; i < lines.size(); i++) {
        var column = lines.get(i).indexOf(words);
        if (column >= 0) return "tenure.yaml:" + (i + 1) + ":" + (column + 1);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    throw new AssertionError("not there: " + words);
  }

  @Test
  void aSecretInTheFileOrAMissingVariableIsRefusedAndNotShown() {
    site.replacing("${env:ACME_TOKEN}", "a-secret-in-plain-text");
    assertTold(site, 2, "CONFIG_SECRET", "check", "${env:");
    assertThat(site.run("check").err()).doesNotContain("a-secret-in-plain-text");
    site.replacing("a-secret-in-plain-text", "${env:NOT_SET}");
    assertTold(site, 2, "CONFIG_SECRET", "check", "NOT_SET");
  }

  @Test
  void whatIsTypedWrongIsUsage() {
    for (var typed : new String[] {"plan", "apply", "approve people", "audit nonsense"}) {
      assertTold(site, 2, "USAGE", typed);
    }
    assertTold(site, 2, "USAGE", "frob");
    assertTold(site, 2, "USAGE", "plan people --frob");
    assertTold(site, 2, "USAGE", "apply people --plan x");
    assertTold(site, 2, "USAGE", "serve --port x");
    assertTold(site, 2, "USAGE", "audit flow/people --count -1");
    assertTold(site, 2, "PLAN_UNKNOWN", "plan nobody", "people");
    assertTold(site, 2, "PLAN_UNKNOWN", "apply people", "tenure plan people");
    assertTold(site, 2, "PLAN_UNKNOWN", "approve people 7");
  }

  @Test
  void aPortThatSomebodyHasIsNamedAndNothingIsLeftBehind() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var port = Integer.toString(taken.getLocalPort());
      assertTold(site, 1, "PORT_IN_USE", "serve --port " + port, port, "--port");
    }
    assertThat(site.run("status").exit()).isZero();
  }

  @Test
  void aDatabaseThatCannotBeUsedIsNamedWithoutItsPassword() {
    site.variable("DATABASE_PASSWORD", "hunter2-hunter2");
    assertTold(site, 1, "DATABASE_UNREACHABLE", "status", "jdbc:postgresql://127.0.0.1");
    assertThat(site.run("status").err()).doesNotContain("hunter2");
    site.variable("DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/nothing");
    assertTold(site, 1, "DATABASE_UNREACHABLE", "status", "127.0.0.1:1");
  }

  @Test
  void aSchemaOfANewerTenureIsRefused() {
    site.sql(
        "insert into flyway_schema_history"
            + " (installed_rank, version, description, type, script, installed_by, execution_time,"
            + " success) values (99, '999', 'later', 'SQL', 'V999__later.sql', 'x', 1, true)");
    assertTold(site, 1, "DATA_NEWER", "plan people", "999", "newer Tenure");
    assertTold(site, 1, "DATA_NEWER", "serve --port 0");
  }

  @Test
  void aDataDirectoryOfANewerPostgresIsRefused() throws IOException {
    site.embedded();
    var tables = Files.createDirectories(site.data().resolve("postgres/cluster"));
    Files.writeString(tables.resolve("PG_VERSION"), "19\n");
    assertTold(site, 1, "DATA_NEWER", "status", "PostgreSQL 19", "newer Tenure");
    assertTold(site, 1, "DATA_NEWER", "serve --port 0");
    Files.writeString(tables.resolve("PG_VERSION"), "17\n");
    assertTold(site, 1, "DATA_DAMAGED", "status", "PostgreSQL 17");
  }

  @Test
  void aFileInPlaceOfTheDataDirectoryIsRefused() {
    site.file("data", "");
    assertTold(site, 1, "DATA_NOT_WRITABLE", "status", "--data");
  }

  @Test
  void everyCommandThatPrintsAnswersInJson() {
    site.file("people.csv", "id,mail,title,department\n1,one@example.com,Seller,Verkauf\n");
    for (var command :
        new String[] {
          "check",
          "plan people",
          "apply people",
          "apply people",
          "approve people 1",
          "status",
          "audit flow/people",
          "audit organization/",
          "plan people"
        }) {
      Ran ran = site.run((command + " --output json").split(" "));
      assertThat(ran.json().isContainer()).as(command).isTrue();
      if (command.startsWith("approve")) {
        assertThat(ran.problems()).containsExactly("PLAN_OUTDATED");
      } else {
        assertThat(ran.exit()).as(command).isZero();
        assertThat(ran.err()).isEmpty();
      }
    }
  }
}
