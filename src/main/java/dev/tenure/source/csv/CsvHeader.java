package dev.tenure.source.csv;

import dev.tenure.source.AttributeName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The first row: `columns` as written (without blanks around), `names` as expressions know them.
record CsvHeader(List<String> columns, List<String> names) {
  static CsvHeader of(List<String> row) {
    var columns = row.stream().map(String::strip).toList();
    return new CsvHeader(columns, columns.stream().map(AttributeName::of).toList());
  }

  /// What makes this header unfit, in words; empty where it is fit.
  List<String> faults() {
    var faults = new ArrayList<String>();
    var seen = new HashMap<String, String>();
    for (int i = 0; i < columns.size(); i++) {
      var column = columns.get(i);
      if (names.get(i).isEmpty()) {
        faults.add("column " + (i + 1) + " of the header has no usable name");
        continue;
      }
      var before = seen.putIfAbsent(names.get(i), column);
      if (before != null) faults.add("the columns '" + before + "' and '" + column + "' collide");
    }
    return faults;
  }

  /// Where the column stands, by its written name or the one for expressions.
  Optional<Integer> index(String column) {
    var at = columns.indexOf(column);
    if (at < 0) at = names.indexOf(AttributeName.of(column));
    return at < 0 ? Optional.empty() : Optional.of(at);
  }

  /// The columns that `now` lacks.
  List<String> missingIn(CsvHeader now) {
    var there = new HashSet<>(now.columns);
    return columns.stream().filter(c -> !there.contains(c)).toList();
  }

  /// Positions by the name for expressions.
  Map<String, Integer> positions() {
    var positions = new HashMap<String, Integer>();
    for (int i = 0; i < names.size(); i++) positions.put(names.get(i), i);
    return positions;
  }
}
