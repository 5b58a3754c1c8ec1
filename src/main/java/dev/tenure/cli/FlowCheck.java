package dev.tenure.cli;

import dev.tenure.id.FlowId;
import dev.tenure.policy.LeaverTable;
import dev.tenure.policy.TargetGroups;
import dev.tenure.policy.TestOutcome;
import java.util.List;
import java.util.Optional;

/// What `tenure check` has to tell of one flow besides mistakes. `groups` are those of the target
/// that it manages.
public record FlowCheck(
    FlowId flow, LeaverTable leaver, Optional<TargetGroups> groups, List<TestOutcome> tests) {
  public FlowCheck {
    tests = List.copyOf(tests);
  }
}
