package dev.tenure.organization;

import dev.tenure.organization.store.Taken;
import dev.tenure.organization.store.UserRow;
import dev.tenure.organization.store.UserStore;
import dev.tenure.organization.store.UserStore.Clash;
import dev.tenure.organization.store.UserStore.Holder;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimType;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Values that another user has already. Each conflict is in the audit log as `user.conflict`, with
/// both externalIds: the same person under another key is to be seen there, whoever asked.
final class Conflicts {
  private final UserStore store;

  Conflicts(UserStore store) {
    this.store = store;
  }

  /// The answer to a write that would have given a value twice.
  ScimException of(Endpoint endpoint, UserRow row, Taken taken, Instant now) {
    var attribute = attribute(taken);
    return answer(endpoint, row, new Clash(attribute, value(row, attribute), false, now));
  }

  /// The answer to a creation that a deleted user stands in the way of.
  ScimException ofDeleted(Endpoint endpoint, UserRow row, Instant now) {
    return answer(endpoint, row, new Clash("userName", row.userName(), true, now));
  }

  private ScimException answer(Endpoint endpoint, UserRow row, Clash clash) {
    var holder = store.conflict(endpoint.organization().id(), row, clash);
    var whose =
        holder
            .filter(_ -> endpoint.seesUsers())
            .map(h -> shown(h, row))
            .orElse(clash.deleted() ? "a deleted user" : "another user");
    return new ScimException(
        409,
        ScimType.uniqueness,
        "%s '%s' is taken by %s: it must be unique here"
            .formatted(clash.attribute(), clash.value(), whose));
  }

  private static String shown(Holder holder, UserRow row) {
    var what = holder.deleted() ? "the deleted user " : "user ";
    var name = holder.userName() == null ? "" : " (" + holder.userName() + ")";
    return what + holder.id() + name + ", " + externalIds(holder.externalId(), row.externalId());
  }

  /// `with externalId 'A', not 'B'`: what tells two keys of one person apart.
  private static String externalIds(@Nullable String theirs, @Nullable String ours) {
    var has = theirs == null ? "without externalId" : "with externalId '" + theirs + "'";
    return Objects.equals(theirs, ours) || ours == null ? has : has + ", not '" + ours + "'";
  }

  private static String attribute(Taken taken) {
    return switch (taken.constraint()) {
      case "scim_user_external_id" -> "externalId";
      case "scim_user_email" -> "workEmail";
      default -> "userName";
    };
  }

  private static @Nullable String value(UserRow row, String attribute) {
    return switch (attribute) {
      case "externalId" -> row.externalId();
      case "workEmail" -> row.emailClaim();
      default -> row.userName();
    };
  }
}
