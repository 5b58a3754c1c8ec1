package dev.tenure.source.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.id.PersonKey;
import dev.tenure.problem.Code;
import dev.tenure.source.Person;
import dev.tenure.source.Source.ReadOutcome;
import dev.tenure.source.SourceContract.Read;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Groups in files of their own.
class CsvGroupsTest {
  private static final String CSV =
      "file: p.csv, key: id, groups: {file: g.csv, key: gid, name: name, parent: in,"
          + " members: {file: m.csv, group: gid, member: who}}";
  private static final String PEOPLE = "id,name\nk1,Ada\nk2,Ben\nk3,Cy\n";
  private static final String GROUPS = "gid,name,in\n10,All Staff,\n20,EMEA,10\n30,Sales,20\n";
  private static final String MEMBERS = "gid,who\n30,k1\n20,k2\n";

  @TempDir Path path;
  private CsvFolder folder;

  @BeforeEach
  void write() {
    folder = new CsvFolder(path).file("p.csv", PEOPLE).file("g.csv", GROUPS);
    folder.file("m.csv", MEMBERS);
  }

  private Read read() {
    return Read.of(folder.source(CSV));
  }

  private static Person person(Read read, String key) {
    return read.people().stream()
        .filter(p -> p.key().value().equals(key))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void groupsAreNestedAndThePathIsKept() {
    var read = read();
    assertThat(read.outcome()).isEqualTo(new ReadOutcome.Complete(3, List.of()));
    assertThat(person(read, "k1").groups())
        .containsEntry("All Staff", List.of("Sales", "EMEA", "All Staff"))
        .hasSize(3);
    assertThat(person(read, "k2").groups()).containsOnlyKeys("EMEA", "All Staff");
    assertThat(person(read, "k3").groups()).isEmpty();
  }

  @Test
  void aGroupMayBeAMemberOfAGroup() {
    folder.file("g.csv", "gid,name,in\n10,All Staff,\n20,EMEA,\n");
    folder.file("m.csv", "gid,who\n10,20\n20,k1\n");
    assertThat(person(read(), "k1").groups())
        .containsEntry("All Staff", List.of("EMEA", "All Staff"));
  }

  @Test
  void withoutAFileOfGroupsTheirIdsAreTheirNames() {
    var source =
        folder
            .file("m.csv", "gid,who\nCloud,k1\n")
            .source(
                "file: p.csv, key: id, groups: {members: {file: m.csv, group: gid, member: who}}");
    assertThat(person(Read.of(source), "k1").groups()).containsOnlyKeys("Cloud");
  }

  @Test
  void aColumnMayNameGroupsOfTheFile() {
    var source =
        folder
            .file("p.csv", "id,orgs\nk1,30;10\nk2,\n")
            .source(
                "file: p.csv, key: id, groups: {column: orgs, file: g.csv, key: gid, name: name}");
    assertThat(person(Read.of(source), "k1").groups()).containsOnlyKeys("Sales", "All Staff");
  }

  @Test
  void whoMayHaveLostAGroupByADamagedRowCountsAsPresent() {
    folder.file("m.csv", "gid,who\n30,k1,oops\n20,k2\n10,\n");
    var read = read();
    assertThat(read.outcome()).isInstanceOf(ReadOutcome.Complete.class);
    assertThat(read.outcome().unreadable()).contains(new PersonKey("k1"));
    assertThat(read.people()).noneMatch(p -> p.key().value().equals("k1"));
    assertThat(read.findings()).containsOnly(Code.SOURCE_ROW);
    assertThat(read.outcome().findings().getFirst().details().get("record")).endsWith("m.csv:2");
  }

  @Test
  void whoIsInAGroupThatIsNotInTheFileCountsAsPresent() {
    folder.file("g.csv", "gid,name,in\n10,All Staff,\n20,EMEA,10\n");
    var read = read();
    assertThat(read.outcome().unreadable()).containsExactly(new PersonKey("k1"));
    assertThat(person(read, "k2").groups()).containsOnlyKeys("EMEA", "All Staff");
  }

  @Test
  void aDamagedGroupLeavesAllBelowItPresent() {
    folder.file("g.csv", "gid,name,in\n10,All Staff\n20,EMEA,10\n30,Sales,20\n");
    assertThat(read().outcome().unreadable())
        .containsExactlyInAnyOrder(new PersonKey("k1"), new PersonKey("k2"));
  }

  @Test
  void aFileOfGroupsThatIsCutOffGivesNobody() {
    var source = folder.source(CSV);
    folder.file("g.csv", GROUPS.substring(0, GROUPS.length() - 4));
    assertThat(Read.of(source).reason()).contains(Code.SOURCE_INCOMPLETE);
    assertThat(Read.of(source).people()).isEmpty();
    folder.file("g.csv", GROUPS).file("m.csv", "gid,who\n30,\"k1\n20,k2\n");
    assertThat(Read.of(source).reason()).contains(Code.SOURCE_INCOMPLETE);
    assertThat(Read.of(source).people()).isEmpty();
    folder.file("m.csv", "gid\n30\n");
    assertThat(Read.of(source).reason()).contains(Code.SOURCE_INCOMPLETE);
  }

  @Test
  void membersThatAreNobodyAreTold() {
    folder.file("m.csv", MEMBERS + "20,k77\n20,k78\n");
    var read = read();
    assertThat(read.outcome().findings())
        .singleElement()
        .satisfies(p -> assertThat(p.message()).startsWith("2 members of groups"));
    assertThat(read.people()).hasSize(3);
  }

  @Test
  void whatIsNotThereIsAProblemOfTheConfiguration() {
    assertThat(folder.problems("file: p.csv, key: id, groups: {separator: ','}")).hasSize(1);
    assertThat(
            folder.problems(
                "file: p.csv, key: id, groups: {members: {file: m.csv, group: g, member: who}}"))
        .singleElement()
        .asString()
        .startsWith("CONFIG_REFERENCE")
        .contains("gid");
  }
}
