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
public record Memberships(List<Known> groups, Map<AccountId, Set<GroupId>> byAccount) {
  /// A group, and how many are in it, whoever they are.
  public record Known(GroupId id, String name, long size) {}

  public Memberships {
    groups = List.copyOf(groups);
    byAccount = Map.copyOf(byAccount);
  }

  /// Of groups that were read whole.
  public static Memberships of(List<Group> groups) {
    var known = new ArrayList<Known>();
    var byAccount = new HashMap<AccountId, Set<GroupId>>();
    for (var group : groups) {
      known.add(new Known(group.id(), group.name(), group.members().size()));
      for (var member : group.members()) {
        byAccount.computeIfAbsent(member, _ -> new HashSet<>()).add(group.id());
      }
    }
    return new Memberships(known, byAccount);
  }

  /// The groups that the account is in.
  public Set<GroupId> of(AccountId account) {
    return byAccount.getOrDefault(account, Set.of());
  }
}
