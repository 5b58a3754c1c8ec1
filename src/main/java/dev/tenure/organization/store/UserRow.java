package dev.tenure.organization.store;

import dev.tenure.organization.RoleGrant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What is written of a user: the document, and the columns, roles and licences that follow from
/// it. Keys are folded. Claims are set where the organization wants that value to be unique.
public record UserRow(
    UUID id,
    String userName,
    String userNameKey,
    @Nullable String externalId,
    @Nullable String externalIdClaim,
    @Nullable String emailClaim,
    List<String> emailKeys,
    boolean active,
    @Nullable String displayNameKey,
    @Nullable String division,
    @Nullable String departmentKey,
    @Nullable String employeeKey,
    @Nullable String manager,
    List<RoleGrant> roles,
    List<String> licences,
    Claims claims,
    String document) {

  /// Throws 400 `invalidValue` where a value is too long to be looked up by.
  public UserRow {
    KeyText.require("userName", userNameKey);
    KeyText.require("externalId", externalId);
    KeyText.require("displayName", displayNameKey);
    KeyText.require("division", division);
    KeyText.require("department", departmentKey);
    KeyText.require("employeeNumber", employeeKey);
    KeyText.require("manager", manager);
    emailKeys.forEach(email -> KeyText.require("emails.value", email));
    roles.forEach(grant -> KeyText.require("roles.value", grant.role()));
    licences.forEach(sku -> KeyText.require("entitlements.value", sku));
  }
}
