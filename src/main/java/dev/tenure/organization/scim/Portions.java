package dev.tenure.organization.scim;

import dev.tenure.organization.store.GroupStore.Portion;
import java.util.Optional;
import java.util.UUID;

/// Reads what is related to a resource and is too much to be read at once: the members of a large
/// group. A change meanwhile may show in those that are still to be read.
@FunctionalInterface
interface Portions {
  /// For resources that have nothing of that kind.
  Portions NONE = (_, _) -> new Portion("", Optional.empty());

  /// What follows `after`, or the first.
  Portion of(UUID resource, Optional<UUID> after);
}
