package dev.tenure.policy;

import java.util.List;

/// How one test of a flow's rules went; without a difference it passed. `place` is where the test
/// stands: file:line:column.
public record TestOutcome(String name, String place, List<Difference> differences) {
  public TestOutcome {
    differences = List.copyOf(differences);
  }

  /// Something that is not as expected; `attribute` is empty where the whole account is meant.
  /// `rule` is what gave it.
  public record Difference(String attribute, String expected, String actual, String rule) {}

  public boolean passed() {
    return differences.isEmpty();
  }
}
