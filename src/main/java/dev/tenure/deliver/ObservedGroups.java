package dev.tenure.deliver;

import dev.tenure.id.AccountId;
import dev.tenure.id.FlowId;
import dev.tenure.id.GroupId;
import dev.tenure.id.PersonKey;
import dev.tenure.plan.Memberships;
import dev.tenure.target.Group;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The groups that each flow manages, and who is in them, as they were last seen: in reads of the
/// target, and by what was sent since (see [Queue#settle]).
public interface ObservedGroups {
  /// Their names, by id.
  Map<GroupId, String> names(FlowId flow);

  /// They were read whole, and are known from now on.
  void read(FlowId flow);

  /// Whether everybody is to be decided on because of them: they were never read whole, or are
  /// others than before.
  boolean areDue(FlowId flow);

  /// From now on that is so, or not.
  void due(FlowId flow, boolean are);

  /// The accounts that came into the group or went out of it since it was kept.
  Set<AccountId> differing(FlowId flow, Group group);

  /// The group is so now.
  void keep(FlowId flow, Group group);

  /// These are in the target no more.
  void gone(FlowId flow, Collection<GroupId> groups);

  /// Of these people with these accounts, the groups that each is in; absent where they are not
  /// known. What may have been sent, and of which no answer was written down, is in doubt.
  Optional<Memberships> of(
      FlowId flow, Collection<AccountId> accounts, Collection<PersonKey> people);
}
