package dev.tenure.organization;

import dev.tenure.organization.store.Taken;
import dev.tenure.organization.store.UserRow;
import dev.tenure.organization.store.UserStore;
import dev.tenure.organization.store.UserStore.Clash;
import dev.tenure.organization.store.UserStore.Holder;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimType;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Values that another user has already. The facts of a conflict go to the audit log with both
/// externalIds: the same person under another key is to be seen there, whoever asked.
final class Conflicts {
  private final UserStore store;

  Conflicts(UserStore store) {
    this.store = store;
  }

  /// The answer to a write that would have given a value twice.
  ScimException of(Endpoint endpoint, UserRow row, Taken taken) {
    var attribute = attribute(taken);
    return answer(endpoint, row, new Clash(attribute, value(row, attribute), false));
  }

  /// The answer to a creation that a deleted user stands in the way of.
  ScimException ofDeleted(Endpoint endpoint, UserRow row) {
    return answer(endpoint, row, new Clash("userName", row.userName(), true));
  }

  private ScimException answer(Endpoint endpoint, UserRow row, Clash clash) {
    var holder = store.holder(endpoint.organization().id(), row, clash);
    var whose =
        holder
            .filter(_ -> endpoint.seesUsers())
            .map(h -> shown(h, row))
            .orElse(clash.deleted() ? "a deleted user" : "another user");
    var detail =
        "%s '%s' is taken by %s: it must be unique here"
            .formatted(clash.attribute(), clash.value(), whose);
    var facts = facts(row, clash);
    holder.ifPresent(h -> facts.putAll(facts(h)));
    return new ScimException(409, ScimType.uniqueness, detail).with(facts);
  }

  private static Map<String, String> facts(UserRow row, Clash clash) {
    var facts = new HashMap<String, String>();
    facts.put("person", row.userName());
    facts.put("attribute", clash.attribute());
    put(facts, "value", clash.value());
    put(facts, "externalId", row.externalId());
    return facts;
  }

  private static Map<String, String> facts(Holder holder) {
    var facts = new HashMap<String, String>();
    facts.put("holder", holder.id().toString());
    put(facts, "holderUserName", holder.userName());
    put(facts, "holderExternalId", holder.externalId());
    if (holder.deleted()) facts.put("holderDeleted", "true");
    return facts;
  }

  private static void put(Map<String, String> facts, String name, @Nullable String value) {
    if (value != null) facts.put(name, value);
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
