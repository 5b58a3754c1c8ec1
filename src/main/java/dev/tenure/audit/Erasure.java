package dev.tenure.audit;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Which rows of a log lost their details: `log` and the number of `rows`.
public record Erasure(String log, int rows) {

  /// Rows that stand together, both ends included.
  record Range(long first, long last) {}

  /// The detail of the row that tells of an erasure: `{"rows": [[3, 5], [9, 9]]}`. Nothing in it
  /// tells of whom. `seqs` in ascending order.
  public static ObjectNode detail(List<Long> seqs) {
    var detail = JsonNodeFactory.instance.objectNode();
    var ranges = detail.putArray("rows");
    for (int i = 0; i < seqs.size(); ) {
      int last = i;
      while (last + 1 < seqs.size() && seqs.get(last + 1) == seqs.get(last) + 1) last++;
      ranges.addArray().add(seqs.get(i)).add(seqs.get(last));
      i = last + 1;
    }
    return detail;
  }

  /// The rows that such a detail names; what is not of its form names none.
  static List<Range> rows(JsonNode detail) {
    var ranges = new ArrayList<Range>();
    for (var range : detail.path("rows")) {
      if (range.path(0).canConvertToLong() && range.path(1).canConvertToLong()) {
        ranges.add(new Range(range.path(0).asLong(), range.path(1).asLong()));
      }
    }
    return ranges;
  }
}
