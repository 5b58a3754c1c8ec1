package dev.tenure.flow;

import dev.tenure.id.FlowId;
import java.util.List;
import java.util.Optional;

/// The flows of the configuration, as it is now. Safe for use by many threads at once.
public final class Flows {
  private volatile List<Flow> all;

  public Flows(List<Flow> all) {
    this.all = List.copyOf(all);
  }

  /// In the order of the configuration.
  public List<Flow> all() {
    return all;
  }

  public Optional<Flow> find(FlowId id) {
    return all.stream().filter(flow -> flow.id().equals(id)).findFirst();
  }

  /// From now on it is these.
  public void become(List<Flow> now) {
    all = List.copyOf(now);
  }
}
