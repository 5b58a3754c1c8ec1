package dev.tenure.organization;

import static dev.tenure.organization.Permission.SSO_VIEW;
import static dev.tenure.organization.Permission.USER_ADD;
import static dev.tenure.organization.Permission.USER_EDIT;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The role of a client, and the permissions that come with it.
public enum ClientRole {
  USER_MANAGEMENT("User Management", EnumSet.allOf(Permission.class)),
  USER_EDITOR("User Editor", EnumSet.of(SSO_VIEW, USER_ADD, USER_EDIT)),
  VIEWER("Viewer", EnumSet.of(SSO_VIEW));

  private final String title;
  private final Set<Permission> permissions;

  ClientRole(String title, Set<Permission> permissions) {
    this.title = title;
    this.permissions = Set.copyOf(permissions);
  }

  /// As in `tenure.yaml`.
  public String title() {
    return title;
  }

  public Set<Permission> permissions() {
    return permissions;
  }

  /// The role with this title, in any letter case.
  public static Optional<ClientRole> named(String title) {
    return Arrays.stream(values()).filter(r -> r.title.equalsIgnoreCase(title)).findFirst();
  }

  /// All titles.
  public static List<String> titles() {
    return Arrays.stream(values()).map(ClientRole::title).toList();
  }
}
