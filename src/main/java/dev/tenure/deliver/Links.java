package dev.tenure.deliver;

import dev.tenure.id.AccountId;
import dev.tenure.id.FlowId;
import dev.tenure.id.PersonKey;
import dev.tenure.plan.Link;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Which account belongs to which person, within a flow: one to one.
public interface Links {
  /// All links of the flow, in the order of the persons' keys.
  List<Link> of(FlowId flow);

  /// The person's account, where one is known.
  Optional<AccountId> account(FlowId flow, PersonKey person);

  /// The links of these people.
  List<Link> of(FlowId flow, Collection<PersonKey> people);

  /// The links to these accounts.
  List<Link> owners(FlowId flow, Collection<AccountId> accounts);

  /// Keeps links that match rules found. A person's older link gives way; an account that is linked
  /// to somebody else stays with them.
  void keep(FlowId flow, List<Link> links);
}
