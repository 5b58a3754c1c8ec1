package dev.tenure.flow;

import dev.tenure.id.FlowId;
import dev.tenure.id.PersonKey;
import java.util.List;

/// Forgets people in what flows keep besides their logs: records and what they were before,
/// accounts, links, plans.
public interface Erasures {
  /// All flows that ever had a turn, configured or not.
  List<FlowId> flows();

  /// Who goes by this key, has this account (its id or its userName) or will have it; where nobody
  /// does, some of those of whom the source has this value.
  List<PersonKey> called(FlowId flow, String who);

  /// Forgets the person, as far as the flow needs nothing of them any more.
  FlowErasure erase(FlowId flow, PersonKey person);
}
