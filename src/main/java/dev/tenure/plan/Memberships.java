package dev.tenure.plan;

import dev.tenure.id.AccountId;
import dev.tenure.id.GroupId;
import dev.tenure.target.Group;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The groups that a flow manages, as the target has them, and for each account the groups that it
/// is in. It may have fewer accounts than the target: of those that are missing nothing is said.
/// `doubted`: the groups of which nobody knows whether the account is in them, for a request about
/// it may have happened.
public record Memberships(
    List<Known> groups,
    Map<AccountId, Set<GroupId>> byAccount,
    Map<AccountId, Set<GroupId>> doubted) {
  /// A group.
  public record Known(GroupId id, String name) {}

  public Memberships {
    groups = List.copyOf(groups);
    byAccount = Map.copyOf(byAccount);
    doubted = Map.copyOf(doubted);
  }

  /// Of groups that were read whole.
  public static Memberships of(List<Group> groups) {
    var known = new ArrayList<Known>();
    var byAccount = new HashMap<AccountId, Set<GroupId>>();
    for (var group : groups) {
      known.add(new Known(group.id(), group.name()));
      for (var member : group.members()) {
        byAccount.computeIfAbsent(member, _ -> new HashSet<>()).add(group.id());
      }
    }
    return new Memberships(known, byAccount, Map.of());
  }

  /// The groups that the account is in, as far as anybody knows.
  public Set<GroupId> of(AccountId account) {
    return byAccount.getOrDefault(account, Set.of());
  }

  /// Whether nobody knows if the account is in the group.
  boolean isDoubted(AccountId account, GroupId group) {
    return doubted.getOrDefault(account, Set.of()).contains(group);
  }

  /// The groups that the account may be in: who is to leave is taken out of each.
  Set<GroupId> possible(AccountId account) {
    if (!doubted.containsKey(account)) return of(account);
    var all = new HashSet<>(of(account));
    all.addAll(doubted.get(account));
    return all;
  }
}
