package dev.tenure.source.csv;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// A lookup table in a file beside the configuration.
public final class CsvTable {
  private CsvTable() {}

  /// All rows, the header included, in UTF-8 with commas. Throws [dev.tenure.problem.Problem.Found]
  /// with `SOURCE_FILE` where the file cannot be read.
  public static List<List<String>> read(Path file) {
    return CsvFile.rows(file, StandardCharsets.UTF_8, ',');
  }
}
