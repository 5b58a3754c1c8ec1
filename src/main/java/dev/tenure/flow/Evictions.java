package dev.tenure.flow;

import dev.tenure.id.FlowId;
import dev.tenure.id.PersonKey;
import java.time.Instant;
import java.util.Map;

/// People whom somebody locked out by hand: leavers, whatever the source says of them. Who acts is
/// taken from [dev.tenure.id.Correlation].
public interface Evictions {
  /// Since when, by whom, and why.
  record Eviction(Instant since, String actor, String reason) {}

  /// From now on the person is a leaver. Who is evicted already stays so since then.
  void evict(FlowId flow, PersonKey person, String reason);

  /// The source and the rules count again; false where the person was not evicted.
  boolean lift(FlowId flow, PersonKey person);

  /// All who are evicted.
  Map<PersonKey, Eviction> of(FlowId flow);
}
