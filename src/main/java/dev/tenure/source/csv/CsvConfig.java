package dev.tenure.source.csv;

import dev.tenure.config.Section;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Section `csv` of a source. `key`, `many` and the columns of `groups` and `disabled` name columns
/// of the header, which is read with the configuration, so that expressions can be checked.
///
/// `separator` stands between the values of the columns in `many`; `minimumRows`: with fewer people
/// the read is incomplete.
public record CsvConfig(
    Path file,
    String key,
    Optional<Groups> groups,
    Optional<Disabled> disabled,
    Set<String> many,
    String separator,
    char delimiter,
    Charset encoding,
    int minimumRows,
    List<String> columns) {

  /// A column with the names of a person's groups.
  public record Groups(String column, String separator) {}

  /// A person is disabled where the column has one of the values, in any letter case.
  public record Disabled(String column, Set<String> values) {
    public Disabled {
      values =
          values.stream()
              .map(v -> v.strip().toLowerCase(Locale.ROOT))
              .collect(Collectors.toUnmodifiableSet());
    }
  }

  public CsvConfig {
    many = Set.copyOf(many);
    columns = List.copyOf(columns);
  }

  /// `resolver` makes a path of the configuration absolute. A file that cannot be read, and a name
  /// that is no column, are problems of the section.
  public static CsvConfig read(Section section, UnaryOperator<Path> resolver) {
    var delimiter = delimiter(section);
    var encoding = encoding(section);
    var file = resolver.apply(Path.of(section.text("file")));
    var header = header(section, file, encoding, delimiter);
    var separator = section.text("separator", ";");
    return new CsvConfig(
        file,
        column(section, "key", header),
        section.section("groups").map(g -> groups(g, separator, header)),
        section.section("disabled").map(d -> disabled(d, header)),
        many(section, header),
        separator,
        delimiter,
        encoding,
        section.count("minimumRows", 1),
        header.columns());
  }

  CsvHeader header() {
    return CsvHeader.of(columns);
  }

  private static Groups groups(Section section, String separator, CsvHeader header) {
    return new Groups(column(section, "column", header), section.text("separator", separator));
  }

  private static Disabled disabled(Section section, CsvHeader header) {
    return new Disabled(column(section, "column", header), new HashSet<>(section.texts("values")));
  }

  private static Set<String> many(Section section, CsvHeader header) {
    var many = new HashSet<>(section.texts("many"));
    many.forEach(name -> requireColumn(section, "many", name, header));
    return many;
  }

  private static String column(Section section, String key, CsvHeader header) {
    var name = section.text(key);
    requireColumn(section, key, name, header);
    return name;
  }

  private static void requireColumn(Section section, String key, String name, CsvHeader header) {
    if (header.columns().isEmpty() || name.isEmpty()) return; // told already
    if (header.index(name).isEmpty()) section.requireKnown(key, name, header.columns());
  }

  private static char delimiter(Section section) {
    var text = section.text("delimiter", ",").replace("\\t", "\t");
    boolean one = text.length() == 1 && "\"\r\n".indexOf(text.charAt(0)) < 0;
    section.require(one, "delimiter", "must be one character, such as ',' or ';' or '\\t'");
    return one ? text.charAt(0) : ',';
  }

  private static Charset encoding(Section section) {
    var name = section.text("encoding", "UTF-8");
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      section.problem(
          "encoding",
          Code.CONFIG_VALUE,
          "'" + name + "' is no encoding",
          "use UTF-8, ISO-8859-1, windows-1252 or UTF-16");
      return StandardCharsets.UTF_8;
    }
  }

  private static CsvHeader header(Section section, Path file, Charset encoding, char delimiter) {
    try {
      var header = CsvFile.header(file, encoding, delimiter);
      for (var fault : header.faults()) {
        section.problem(
            "file", Code.SOURCE_FILE, fault + " in " + file, "rename the columns in the header");
      }
      return header;
    } catch (Problem.Found e) {
      for (var p : e.problems()) section.problem("file", p.code(), p.message(), p.remedy());
      return CsvHeader.of(List.of());
    }
  }
}
