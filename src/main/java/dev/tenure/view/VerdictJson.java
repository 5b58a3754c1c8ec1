package dev.tenure.view;

import dev.tenure.audit.Verdict.Broken;
import dev.tenure.audit.Verdict.Intact;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Whether a log is what was written.
public final class VerdictJson {
  private VerdictJson() {}

  /// `waiting`: how many rows are not sealed yet.
  public static ObjectNode of(Intact intact, long waiting) {
    var answer = JsonNodeFactory.instance.objectNode();
    answer.put("log", intact.log()).put("intact", true).put("rows", intact.rows());
    answer.put("erased", intact.erased()).put("waiting", waiting);
    return answer.put("asOf", intact.asOf().toString());
  }

  /// `name`: the log, or the file that was exported from it.
  public static Problem problem(String name, Broken broken) {
    var problem =
        new Problem(
            Code.AUDIT_BROKEN,
            broken.what(),
            Map.of("log", name),
            "find out who could write there; compare with a backup and with older exports");
    if (broken.line() > 0) problem = problem.with("line", Long.toString(broken.line()));
    return broken.row() > 0 ? problem.with("row", Long.toString(broken.row())) : problem;
  }
}
