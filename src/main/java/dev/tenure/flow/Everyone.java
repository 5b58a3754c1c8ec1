package dev.tenure.flow;

import dev.tenure.id.FlowId;
import dev.tenure.plan.Beyond;

/// Everybody with an account, as each flow last saw them.
@FunctionalInterface
public interface Everyone {
  Beyond.Everybody of(FlowId flow);
}
