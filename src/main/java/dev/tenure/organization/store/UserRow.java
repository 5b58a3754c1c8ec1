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
    String document) {}
