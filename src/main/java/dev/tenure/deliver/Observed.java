package dev.tenure.deliver;

import dev.tenure.id.AccountId;
import dev.tenure.id.FlowId;
import dev.tenure.plan.Grants;
import dev.tenure.target.Account;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The accounts of each flow's target as they were last seen: in the answers to what was sent (see
/// [Queue#settle]), and in reads of the target.
public interface Observed {
  /// An account, and the keys that it can be found by.
  record Seen(Account account, List<String> keys) {
    public Seen {
      keys = List.copyOf(keys);
    }
  }

  /// What the resources of all accounts come to ([ObservedJson#digest]).
  Map<AccountId, UUID> digests(FlowId flow);

  /// These are so now.
  void keep(FlowId flow, Collection<Seen> accounts);

  /// These are in the target no more.
  void gone(FlowId flow, Collection<AccountId> accounts);

  /// Those of the accounts that are known.
  List<Account> all(FlowId flow, Collection<AccountId> accounts);

  /// The accounts with ids after this one, in the order of their ids, at most so many.
  List<Seen> page(FlowId flow, Optional<AccountId> after, int countMax);

  /// The accounts that one of these keys finds. An account whose keys are not settled yet is not
  /// found (see [#unindexed]).
  List<AccountId> found(FlowId flow, Collection<String> keys);

  /// Accounts from answers, whose keys somebody still has to tell by [#keep]; at most so many.
  List<Account> unindexed(FlowId flow, int countMax);

  /// How many of them have which roles and licences; who has none is not counted. `others`: flows
  /// into the same target; who saw an account last is believed.
  Map<Grants, Long> grants(FlowId flow, Set<FlowId> others);

  /// How many are known.
  long count(FlowId flow);
}
