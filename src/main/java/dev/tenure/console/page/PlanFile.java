package dev.tenure.console.page;

import dev.tenure.deliver.StoredChange;
import dev.tenure.http.Response;
import dev.tenure.plan.PlanJson;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A plan's changes as a file: JSON as `tenure show --output json` has them, or a line of CSV for
/// each attribute that changes.
final class PlanFile {
  private PlanFile() {}

  static Response.Stream json(List<StoredChange> changes) {
    return out -> {
      out.write("[".getBytes(StandardCharsets.UTF_8));
      var between = "\n";
      for (var change : changes) {
        var node = PlanJson.shown(change.change());
        node.put("seq", change.seq()).put("state", change.state().wire());
        out.write((between + node).getBytes(StandardCharsets.UTF_8));
        between = ",\n";
      }
      out.write("\n]\n".getBytes(StandardCharsets.UTF_8));
    };
  }

  static Response.Stream csv(List<StoredChange> changes) {
    return out -> {
      out.write(
          bytes(
              List.of(
                  "seq",
                  "lane",
                  "person",
                  "name",
                  "state",
                  "cluster",
                  "attribute",
                  "before",
                  "after",
                  "because")));
      for (var change : changes) {
        for (var reason : change.change().reasons()) {
          out.write(
              bytes(
                  List.of(
                      Integer.toString(change.seq()),
                      change.change().lane().wire(),
                      change.change().person().value(),
                      change.change().name(),
                      change.state().wire(),
                      change.change().cluster(),
                      reason.attribute(),
                      reason.before(),
                      reason.after(),
                      reason.because())));
        }
      }
    };
  }

  private static byte[] bytes(List<String> cells) {
    return Csv.line(cells).getBytes(StandardCharsets.UTF_8);
  }
}
