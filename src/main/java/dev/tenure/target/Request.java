package dev.tenure.target;

import dev.tenure.id.AccountId;
import dev.tenure.id.GroupId;
import dev.tenure.scim.Resource;
import dev.tenure.scim.patch.PatchOperation;
import java.util.List;
import java.util.Optional;

/// One request to a target. `ifMatch` is the version that must still hold; absent where the target
/// keeps none.
public sealed interface Request {
  /// Makes an account; `account` has `userName` and `externalId`.
  record Create(Resource account) implements Request {}

  /// Changes an account by one PATCH with all differences.
  record Patch(AccountId account, List<PatchOperation> operations, Optional<String> ifMatch)
      implements Request {
    public Patch {
      operations = List.copyOf(operations);
      if (operations.isEmpty()) throw new IllegalArgumentException("a PATCH changes something");
    }
  }

  /// Deletes an account.
  record Delete(AccountId account, Optional<String> ifMatch) implements Request {}

  /// Takes accounts out of a group and puts others in. It has no precondition, for it does no harm
  /// where it is done twice, and others may change the group meanwhile.
  record Members(GroupId group, List<AccountId> remove, List<AccountId> add) implements Request {
    public Members {
      remove = List.copyOf(remove);
      add = List.copyOf(add);
      if (remove.isEmpty() && add.isEmpty()) {
        throw new IllegalArgumentException("a change of members changes something");
      }
    }
  }

  /// Makes a group of this name with these members. Where there is one of this name by now, they
  /// are put in.
  record CreateGroup(String name, List<AccountId> members) implements Request {
    public CreateGroup {
      members = List.copyOf(members);
    }
  }
}
