package dev.tenure.source.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.id.PersonKey;
import dev.tenure.problem.Code;
import dev.tenure.source.Source.ReadOutcome;
import dev.tenure.source.SourceContract.Read;
import dev.tenure.source.SourceSchema.Arity;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Columns get names and types.
class CsvColumnsTest {
  private static final String CSV =
      "file: p.csv, key: Personalnr, columns: {Personalnr: employee,"
          + " Eintritt: {name: hired, type: date, formats: [dd.MM.yyyy, yyyy-MM-dd]},"
          + " Austritt: {name: lastDay, type: date, formats: [\"dd.MM.yyyy HH:mm\"]},"
          + " Stunden: {type: number, decimal: comma},"
          + " Remote: {type: flag, yes: [ja, x], no: [nein]}}";
  private static final String HEADER = "Personalnr;Eintritt;Austritt;Stunden;Remote\n";

  @TempDir Path path;

  private Read read(String rows) {
    return Read.of(new CsvFolder(path).file("p.csv", HEADER + rows).source(CSV));
  }

  @Test
  void valuesHaveOneFormHoweverTheFileWritesThem() {
    var person = read("7;01.03.2024;31.12.2026 18:00;1.038,50;JA\n").people().getFirst();
    assertThat(person.key()).isEqualTo(new PersonKey("7"));
    assertThat(person.attributes())
        .containsEntry("employee", List.of("7"))
        .containsEntry("hired", List.of("2024-03-01"))
        .containsEntry("lastDay", List.of("2026-12-31T18:00"))
        .containsEntry("Stunden", List.of("1038.5"))
        .containsEntry("Remote", List.of("true"));
    assertThat(read("7;2024-03-01;;;\n").people().getFirst().attributes())
        .containsEntry("hired", List.of("2024-03-01"))
        .doesNotContainKeys("lastDay", "Stunden", "Remote");
  }

  @Test
  void expressionsKnowTheNewNames() {
    var schema = new CsvFolder(path).file("p.csv", HEADER).source(CSV).schema();
    assertThat(schema.attributes())
        .containsOnlyKeys("employee", "hired", "lastDay", "Stunden", "Remote")
        .containsEntry("hired", Arity.ONE);
  }

  @Test
  void aBadValueIsAFindingWithItsLineAndThePersonIsPresent() {
    var read = read("1;01.03.2024;;;\n2;31.02.2024;;;\n3;;;12h;\n4;;;;vielleicht\n");
    assertThat(read.people()).hasSize(1);
    assertThat(read.outcome()).isInstanceOf(ReadOutcome.Complete.class);
    assertThat(read.outcome().unreadable())
        .containsExactlyInAnyOrder(new PersonKey("2"), new PersonKey("3"), new PersonKey("4"));
    assertThat(read.findings()).containsOnly(Code.SOURCE_ROW).hasSize(3);
    var first = read.outcome().findings().getFirst();
    assertThat(first.details().get("record")).endsWith("p.csv:3");
    assertThat(first.details()).containsEntry("person", "2");
    assertThat(first.message())
        .isEqualTo("'31.02.2024' in 'Eintritt' is not a date as dd.MM.yyyy or yyyy-MM-dd");
  }

  @Test
  void columnsThatAreNotThereOrCollideAreProblems() {
    var folder = new CsvFolder(path).file("p.csv", HEADER);
    assertThat(folder.problems("file: p.csv, key: Personalnr, columns: {Eintrit: hired}"))
        .singleElement()
        .asString()
        .startsWith("CONFIG_REFERENCE")
        .contains("Eintritt");
    assertThat(folder.problems("file: p.csv, key: Personalnr, columns: {Eintritt: Austritt}"))
        .singleElement()
        .asString()
        .contains("'Eintritt' and 'Austritt' are both 'Austritt'");
    assertThat(
            folder.problems(
                "file: p.csv, key: Personalnr,"
                    + " columns: {Eintritt: {name: 'a b', type: date, formats: 'jjjj'}}"))
        .hasSize(2);
  }
}
