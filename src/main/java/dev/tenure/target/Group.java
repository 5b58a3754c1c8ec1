package dev.tenure.target;

import dev.tenure.id.AccountId;
import dev.tenure.id.GroupId;
import java.util.List;

/// A group in a target, as it was last seen: what people call it, and who is in it. Groups within a
/// group are not among its members.
public record Group(GroupId id, String name, List<AccountId> members) {
  public Group {
    members = List.copyOf(members);
  }
}
