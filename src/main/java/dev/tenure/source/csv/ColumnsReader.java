package dev.tenure.source.csv;

import dev.tenure.config.Section;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Reads names of files and columns from a section, and looks whether they are there.
record ColumnsReader(Section section, CsvForm.Wish form, UnaryOperator<Path> resolver) {
  /// The same for a section below.
  ColumnsReader in(Section below) {
    return new ColumnsReader(below, form, resolver);
  }

  List<String> texts(String key) {
    return section.texts(key);
  }

  Path path(String key) {
    return resolver.apply(Path.of(section.text(key, "")));
  }

  /// The header of the file under this key; without columns where that is a problem, which is
  /// noted.
  CsvHeader header(String key) {
    if (section.text(key).isEmpty()) return CsvHeader.of(List.of());
    try {
      var header = CsvFile.header(path(key), form);
      for (var fault : header.faults()) {
        var message = fault + " in " + path(key);
        section.problem(key, Code.SOURCE_FILE, message, "rename the columns in the header");
      }
      return header;
    } catch (Problem.Found e) {
      for (var p : e.problems()) section.problem(key, p.code(), p.message(), p.remedy());
      return CsvHeader.of(List.of());
    }
  }

  /// The required name of a column.
  String column(String key, CsvHeader header) {
    var name = section.text(key);
    require(key, name, header);
    return name;
  }

  Optional<String> optionalColumn(String key, CsvHeader header) {
    var name = section.optionalText(key);
    name.ifPresent(n -> require(key, n, header));
    return name;
  }

  private void require(String key, String name, CsvHeader header) {
    if (header.columns().isEmpty() || name.isEmpty()) return; // told already
    if (header.index(name).isEmpty()) section.requireKnown(key, name, header.columns());
  }
}
