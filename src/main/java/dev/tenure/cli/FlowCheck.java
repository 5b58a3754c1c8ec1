package dev.tenure.cli;

import dev.tenure.id.FlowId;
import dev.tenure.policy.LeaverTable;
import dev.tenure.policy.TestOutcome;
import java.util.List;

/// What `tenure check` has to tell of one flow besides mistakes.
public record FlowCheck(FlowId flow, LeaverTable leaver, List<TestOutcome> tests) {
  public FlowCheck {
    tests = List.copyOf(tests);
  }
}
