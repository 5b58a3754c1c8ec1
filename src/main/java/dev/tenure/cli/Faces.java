package dev.tenure.cli;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The two faces of every answer: a table for people, JSON for programs.
public final class Faces {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private Faces() {}

  /// A column: its heading, and what it shows of a row.
  public record Column<R>(String heading, Function<R, Object> value) {}

  /// The rows under their headings; numbers to the right.
  public static <R> String table(List<R> rows, List<Column<R>> columns) {
    var cells =
        rows.stream().map(r -> columns.stream().map(c -> c.value().apply(r)).toList()).toList();
    int[] widths =
        IntStream.range(0, columns.size())
            .map(i ->
                Math.max(
                    columns.get(i).heading().length(),
                    cells.stream()
                        .mapToInt(row -> String.valueOf(row.get(i)).length())
                        .max()
                        .orElse(0)))
            .toArray();
    var text = new StringBuilder();
    appendRow(text, columns.stream().<Object>map(Column::heading).toList(), widths);
    cells.forEach(row -> appendRow(text, row, widths));
    return text.toString();
  }

  private static void appendRow(StringBuilder text, List<Object> row, int[] widths) {
    var line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      var cell = String.valueOf(row.get(i));
      var blanks = " ".repeat(widths[i] - cell.length());
      line.append(row.get(i) instanceof Number ? blanks + cell : cell + blanks).append("  ");
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }

  /// `12.3`.
  static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f", time.toMillis() / 1000.0);
  }

  /// For programs: indented JSON.
  public static String json(JsonNode answer) {
    return JSON.writeValueAsString(answer);
  }
}
