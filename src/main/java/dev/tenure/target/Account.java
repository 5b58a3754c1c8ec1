package dev.tenure.target;

import dev.tenure.id.AccountId;
import dev.tenure.scim.Resource;
import java.util.Optional;

/// A user in a target, as it was last seen. `version` is the ETag as `meta.version` has it, for
/// `If-Match`; absent where the target keeps none.
public record Account(AccountId id, Optional<String> version, Resource resource) {
  /// One that does not say is active.
  public boolean isActive() {
    return resource.get("active").filter(a -> !a.isNull() && !a.asBoolean(true)).isEmpty();
  }
}
