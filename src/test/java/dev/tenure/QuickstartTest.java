package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.cli.CommandLineFace;
import dev.tenure.cli.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// The first thing a newcomer types, with everything real: PostgreSQL, LDAP, SCIM over HTTP.
class QuickstartTest {
  @TempDir Path folder;

  private record Answer(int exit, String out, String err) {
    String lastLine() {
      return out.lines().toList().getLast();
    }
  }

  private Answer quickstart(String... arguments) {
    var all = new ArrayList<String>(List.of("quickstart", "--exit", "--port", "0"));
    all.addAll(List.of("--data", folder.resolve("data").toString()));
    all.addAll(List.of(arguments));
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var terminal = new Terminal(print(out), print(err), false);
    int exit =
        new CommandLineFace(terminal, new LocalInstallation()).run(all.toArray(String[]::new));
    return new Answer(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  @Test
  void theSampleCompanyLivesTwoDaysAndMayDoSoAgain() throws IOException {
    var first = quickstart("--size", "100");
    assertThat(first.exit()).as(first.err()).isZero();
    assertThat(first.lastLine())
        .matches("quickstart: [1-9]\\d* joined, 2 moved, 3 left; second plan: empty");
    assertThat(first.out())
        .contains("of the 3 sessions that the leavers had open, 0 live")
        .contains("MAP_NO_ENTRY: the table 'divisions' has no entry for 'Costumer Service'");
    assertThat(first.out() + first.err()).doesNotContain(secret("ldap-password"));
    var again = quickstart("--size", "100", "--output", "json");
    assertThat(again.exit()).as(again.err()).isZero();
    var answer = JsonMapper.shared().readTree(again.out());
    assertThat(answer.path("settled").booleanValue()).isTrue();
    assertThat(answer.path("left").intValue()).isPositive();
  }

  @Test
  void anOwnFileIsReadAndAnOwnConfigurationIsSetAside() throws IOException {
    var config = folder.resolve("data").resolve("tenure.yaml");
    Files.createDirectories(config.getParent());
    Files.writeString(config, "# mine\n");
    var people = folder.resolve("people.csv");
    Files.writeString(
        people,
        """
        No,Full Name,E-Mail
        1,Ann Bär,ann@example.com
        2,Bo Łuk,bo@example.com
        ,No Key,x@example.com
        """);
    var answer = quickstart("--csv", people.toString(), "--key", "No");
    assertThat(answer.out()).contains("SOURCE_ROW");
    assertThat(answer.lastLine())
        .isEqualTo("quickstart: 2 joined, 0 moved, 0 left; second plan: empty");
    assertThat(config.resolveSibling("tenure.yaml.1")).content().isEqualTo("# mine\n");
    assertThat(config).content().contains("key: \"No\"");
  }

  @Test
  void columnsAreKnownByTheirNamesOrAskedFor() throws IOException {
    var people = folder.resolve("staff.csv");
    Files.writeString(
        people,
        """
        Personnel No,First Name,Last Name,E-Mail,Department,Job Title
        1,Ann,Bär,ann@example.com,Sales,Agent
        2,Bo,O'Łuk,bo@example.com,,Lead
        """);
    for (var wrong : List.of("Personal No", "")) {
      var words = new ArrayList<>(List.of("--csv", people.toString()));
      if (!wrong.isEmpty()) words.addAll(List.of("--key", wrong));
      var answer = quickstart(words.toArray(String[]::new));
      assertThat(answer.exit()).isEqualTo(2);
      assertThat(answer.err()).contains("--key", "the columns are Personnel No, First Name, Last");
    }
    var answer = quickstart("--csv", people.toString(), "--key", "Personnel No");
    assertThat(answer.lastLine())
        .isEqualTo("quickstart: 2 joined, 0 moved, 0 left; second plan: empty");
    assertThat(folder.resolve("data").resolve("tenure.yaml"))
        .content()
        .contains("displayName: 'First_Name + \" \" + Last_Name'", "# title: Job_Title")
        .contains("lookup(\"divisions\", Department)");
  }

  @Test
  void whatDoesNotGoTogetherIsAMistakeOfUsage() {
    for (var wrong :
        List.of(
            List.of("--csv", "missing.csv", "--key", "id"),
            List.of("--csv", "missing.csv"),
            List.of("--ldap", "ldap://127.0.0.1:1"),
            List.of("--base", "dc=x"),
            List.of("--key", "id"),
            List.of("--size", "3"))) {
      var answer = quickstart(wrong.toArray(String[]::new));
      assertThat(answer.exit()).as(wrong.toString()).isEqualTo(2);
      assertThat(answer.err()).startsWith("USAGE: ");
    }
  }

  private String secret(String name) throws IOException {
    return Files.readString(folder.resolve("data").resolve("secrets").resolve(name));
  }
}
