package dev.tenure.source.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.problem.Code;
import dev.tenure.source.SourceContract.Read;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How files are written is found out, or forced.
class CsvFormTest {
  private static final Charset WINDOWS = Charset.forName("windows-1252");
  @TempDir Path path;

  private CsvFolder folder() {
    return new CsvFolder(path);
  }

  private Read read(CsvFolder folder, String more) {
    return Read.of(folder.source("file: p.csv, key: id" + more));
  }

  private String name(Read read) {
    return read.people().getFirst().first("name");
  }

  @Test
  void utf8IsRecognized() {
    var read = read(folder().file("p.csv", "id,name\nk1,J\u00f6rg \u20ac\n"), "");
    assertThat(name(read)).isEqualTo("J\u00f6rg \u20ac");
  }

  @Test
  void whatIsNotUtf8IsWindows() {
    var read = read(folder().file("p.csv", "id,name\nk1,J\u00f6rg \u20ac\n", WINDOWS), "");
    assertThat(name(read)).isEqualTo("J\u00f6rg \u20ac");
  }

  @Test
  void aFileOfBothIsNotGuessedAt() {
    var half = new String("k2,J\u00f6rg\n".getBytes(StandardCharsets.UTF_8), WINDOWS);
    var folder = folder().file("p.csv", "id,name\nk1,a\n");
    var source = folder.source("file: p.csv, key: id");
    folder.file("p.csv", "id,name\n" + half + "k1,J\u00f6rg\n", WINDOWS);
    var read = Read.of(source);
    assertThat(read.reason()).contains(Code.SOURCE_FILE);
    assertThat(read.outcome().toString()).contains("line 3");
    assertThat(read.people()).isEmpty();
  }

  @Test
  void theEncodingCanBeForced() {
    var folder =
        folder().file("p.csv", "id,name\nk1,\u0159e\u010d\n", Charset.forName("ISO-8859-2"));
    assertThat(name(read(folder, ", encoding: ISO-8859-2"))).isEqualTo("\u0159e\u010d");
  }

  @Test
  void theDelimiterIsTheOneThatTheHeaderHasMostOf() {
    for (var delimiter : new String[] {",", ";", "\t", "|"}) {
      var text = "id,name,\"a;b|c\"\nk1,x,y\n".replace("name,", "name" + delimiter);
      text =
          text.replace("id,", "id" + delimiter)
              .replace("k1,x,", "k1" + delimiter + "x" + delimiter);
      assertThat(name(read(folder().file("p.csv", text), ""))).as(delimiter).isEqualTo("x");
    }
  }

  @Test
  void theDelimiterCanBeForced() {
    var folder = folder().file("p.csv", "id;name,of;it\nk1;x;y\n");
    var read = read(folder, ", delimiter: ';'");
    assertThat(read.people().getFirst().first("name_of")).isEqualTo("x");
  }

  @Test
  void whatCannotBeIsAProblemOfTheConfiguration() {
    folder().file("p.csv", "id,name\nk1,x\n");
    assertThat(folder().problems("file: p.csv, key: id, encoding: klingon, delimiter: ab"))
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).startsWith("CONFIG_VALUE"));
    assertThat(folder().problems("file: p.csv, key: idd"))
        .singleElement()
        .asString()
        .startsWith("CONFIG_REFERENCE")
        .contains("id");
    assertThat(folder().problems("file: nowhere.csv, key: id"))
        .singleElement()
        .asString()
        .contains("there is no file");
  }
}
