package dev.tenure.view;

import dev.tenure.flow.Simulation.Report;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Whose outcome other rules would change, as JSON.
public final class SimulationJson {
  private SimulationJson() {}

  /// With at most so many causes, the largest first, and so many people of each; `count` is of all
  /// that a cause has.
  public static ObjectNode of(Report report, int causesMax, int peopleMax) {
    var answer = JsonNodeFactory.instance.objectNode();
    answer.put("people", report.people()).put("differing", report.differing());
    var causes = answer.putArray("causes");
    for (var group : report.groups().stream().limit(causesMax).toList()) {
      var node = causes.addObject().put("cause", group.cause());
      node.put("count", group.cases().size());
      var people = node.putArray("people");
      for (var one : group.cases().stream().limit(peopleMax).toList()) {
        people.addObject().put("person", one.person().value()).put("difference", one.difference());
      }
    }
    return answer;
  }
}
