package dev.tenure.console.page;

import java.util.List;
import java.util.stream.Collectors;

/// Lines of a CSV file (RFC 4180) that a spreadsheet opens without running anything: what it would
/// take for a formula begins with an apostrophe.
final class Csv {
  private static final String FORMULA = "=+-@\t\r\n|%";

  private Csv() {}

  static String line(List<String> cells) {
    return cells.stream().map(Csv::cell).collect(Collectors.joining(",")) + "\r\n";
  }

  private static String cell(String text) {
    var harmless = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    return "\"" + harmless.replace("\"", "\"\"") + "\"";
  }
}
