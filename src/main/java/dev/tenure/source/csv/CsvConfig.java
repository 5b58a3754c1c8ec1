package dev.tenure.source.csv;

import dev.tenure.config.Section;
import dev.tenure.source.Expectation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Section `csv` of a source. `key` and the columns of `groups` and `disabled` name columns of the
/// header, which is read with the configuration, so that expressions can be checked.
///
/// `separator` stands between the values of a column with many; `expected`: how many people a
/// complete read has; `settle`: a file that was written to within this time is still being written.
public record CsvConfig(
    Path file,
    CsvForm.Wish form,
    String key,
    List<CsvColumn> columns,
    String separator,
    Optional<CsvGroups> groups,
    Optional<Disabled> disabled,
    Expectation expected,
    Duration settle) {
  private static final Duration SETTLE = Duration.ofMillis(250);

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
    columns = List.copyOf(columns);
  }

  /// `resolver` makes a path of the configuration absolute. A file that cannot be read, and a name
  /// that is no column, are problems of the section.
  public static CsvConfig read(Section section, UnaryOperator<Path> resolver) {
    var form = FormReader.read(section);
    var file = new ColumnsReader(section, form, resolver);
    var header = file.header("file");
    var separator = section.text("separator", ";");
    return new CsvConfig(
        file.path("file"),
        form,
        file.column("key", header),
        CsvColumn.read(section, header),
        separator,
        section.section("groups").map(g -> CsvGroups.read(g, separator, file, header)),
        section.section("disabled").map(d -> disabled(file.in(d), header)),
        Expectation.read(section, "minimumRows"),
        section.duration("settle", SETTLE));
  }

  private static Disabled disabled(ColumnsReader section, CsvHeader header) {
    return new Disabled(section.column("column", header), new HashSet<>(section.texts("values")));
  }

  /// The same, whose reads are held against this expectation.
  CsvConfig expecting(Expectation other) {
    return new CsvConfig(file, form, key, columns, separator, groups, disabled, other, settle);
  }

  /// All files that are read.
  List<Path> files() {
    var files = new ArrayList<>(List.of(file));
    groups.ifPresent(g -> files.addAll(g.files()));
    return files;
  }

  /// The columns as the header has them.
  List<String> names() {
    return columns.stream().map(CsvColumn::column).toList();
  }
}
