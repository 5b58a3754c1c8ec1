package dev.tenure.view;

import dev.tenure.problem.Problem;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A problem as JSON.
public final class ProblemJson {
  private ProblemJson() {}

  public static ObjectNode of(Problem problem) {
    var node = JsonNodeFactory.instance.objectNode();
    node.put("code", problem.code().name()).put("message", problem.message());
    var details = node.putObject("details");
    problem.details().forEach(details::put);
    return node.put("remedy", problem.remedy());
  }
}
