package dev.tenure.target;

import dev.tenure.id.AccountId;
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
}
