package dev.tenure.source.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.id.PersonKey;
import dev.tenure.problem.Code;
import dev.tenure.source.Source;
import dev.tenure.source.Source.ReadOutcome;
import dev.tenure.source.SourceContract;
import dev.tenure.source.SourceSchema.Arity;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvSourceTest implements SourceContract {
  private static final String HEADER = "id,mail,groups,status,Job Title\n";

  @TempDir Path folder;

  private static final String CSV =
      "file: people.csv, key: id, groups: {column: groups}, many: [groups],"
          + " disabled: {column: status, values: [Terminated]}";

  private CsvFolder folder() {
    return new CsvFolder(folder);
  }

  private CsvFolder file(String text) {
    return folder().file("people.csv", text);
  }

  private CsvFolder file(String text, Charset encoding) {
    return folder().file("people.csv", text, encoding);
  }

  private static String text(List<Sample> people) {
    var text = new StringBuilder(HEADER);
    for (var p : people) {
      var status = p.disabled() ? "TERMINATED" : "active";
      text.append(
          "%s,%s,%s,%s,\n".formatted(p.key(), p.mail(), String.join(";", p.groups()), status));
    }
    return text.toString();
  }

  @Override
  public Source source(List<Sample> people) {
    return file(text(people)).source(CSV);
  }

  @Override
  public Source failingInTheMiddle(List<Sample> people) {
    var whole = text(people);
    return file(whole.substring(0, whole.length() / 2)).source(CSV);
  }

  private Read read(String text) {
    return Read.of(file(text).source(CSV));
  }

  @Test
  void theHeaderNamesTheAttributesAsExpressionsCanSayThem() {
    var schema = file(HEADER).source(CSV).schema();
    assertThat(schema.attributes())
        .containsEntry("Job_Title", Arity.ONE)
        .containsEntry("groups", Arity.MANY);
  }

  @Test
  void aRowOfTheWrongLengthLeavesItsPersonPresent() {
    var read = read(text(SourceContract.samples(30)) + "k99,short\nk98,too,long,by,two,cells,ok\n");
    assertThat(read.findings()).containsExactly(Code.SOURCE_ROW, Code.SOURCE_ROW);
    assertThat(read.outcome()).isInstanceOf(ReadOutcome.Complete.class);
    assertThat(read.outcome().unreadable()).contains(new PersonKey("k99"), new PersonKey("k98"));
    assertThat(read.outcome().findings().getFirst().details().get("record")).endsWith(":32");
  }

  @Test
  void aQuoteThatIsNeverClosedIsACutFile() {
    var read = read(HEADER + "k1,a@x,Cloud,active,x\nk2,b@x,\"Cloud,active,x\nk3,c@x,,,\n");
    assertThat(read.reason()).contains(Code.SOURCE_INCOMPLETE);
  }

  @Test
  void quotesMayHoldDelimitersLinesAndQuotes() {
    var read = read(HEADER + "k1,a@x,Cloud,active,\"Head, \"\"Sales\"\"\nEMEA\"\n");
    assertThat(read.people().getFirst().first("Job_Title")).isEqualTo("Head, \"Sales\"\nEMEA");
  }

  @Test
  void fewerPeopleThanTheMinimumAreNotBelieved() {
    var source = file(text(SourceContract.samples(5))).source(CSV + ", minimumRows: 6");
    assertThat(Read.of(source).reason()).contains(Code.SOURCE_EMPTY);
  }

  @Test
  void aColumnThatVanishedMakesTheReadIncompleteAndGivesNobody() {
    var source = file(text(SourceContract.samples(5))).source(CSV);
    file("id,mail,groups,status\nk1,a@x,Cloud,active\n");
    var read = Read.of(source);
    assertThat(read.reason()).contains(Code.SOURCE_INCOMPLETE);
    assertThat(read.people()).isEmpty();
  }

  @Test
  void columnsMayMoveBetweenReads() {
    var source = file(text(SourceContract.samples(5))).source(CSV);
    file("Job Title,status,groups,mail,id\nAgent,active,Cloud,a@x,k1\n");
    assertThat(Read.of(source).people().getFirst().first("Job_Title")).isEqualTo("Agent");
  }

  @Test
  void aFileThatChangesWhileItIsReadIsIncomplete() {
    var outcome =
        file(text(SourceContract.samples(5)))
            .source(CSV)
            .read(person -> file(text(SourceContract.samples(5)) + "k9,late@x,Cloud,active,\n"));
    assertThat(outcome).isInstanceOf(ReadOutcome.Incomplete.class);
  }

  @Test
  void aFileThatIsGoneOrInAnotherEncodingIsNamed() throws IOException {
    var people = text(SourceContract.samples(5)) + "k9,m\u00fcller@x,Cloud,active,\n";
    var source = file(people).source(CSV + ", encoding: UTF-8");
    file(text(SourceContract.samples(5)) + "k9,m\u00fcller@x,,,\n", StandardCharsets.ISO_8859_1);
    assertThat(Read.of(source).reason()).contains(Code.SOURCE_FILE);
    Files.delete(folder.resolve("people.csv"));
    var gone = (ReadOutcome.Incomplete) Read.of(source).outcome();
    assertThat(gone.reason().code()).isEqualTo(Code.SOURCE_FILE);
    assertThat(gone.reason().message()).contains("there is no file");
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstColumn() {
    assertThat(read("\uFEFF" + text(SourceContract.samples(3))).people()).hasSize(3);
    var wide = file("\uFEFF" + text(SourceContract.samples(3)), StandardCharsets.UTF_16LE);
    assertThat(Read.of(wide.source(CSV)).people()).hasSize(3);
  }

  @Test
  void columnsThatCollideAreFaults() {
    assertThat(CsvHeader.of(List.of("a b", "a-b", "??", "c")).faults())
        .containsExactly(
            "the columns 'a b' and 'a-b' collide", "column 3 of the header has no usable name");
  }
}
