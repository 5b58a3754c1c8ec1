package dev.tenure.organization.genesys;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// What the audit log of an organization calls an action, and what the platform calls it.
enum Deed {
  USER_CREATED("user.created", "Directory", "User", "Create"),
  USER_UPDATED("user.updated", "Directory", "User", "Update"),
  USER_ACTIVATED("user.activated", "Directory", "User", "Activate"),
  USER_DEACTIVATED("user.deactivated", "Directory", "User", "Deactivate"),
  USER_DELETED("user.deleted", "Directory", "User", "Delete"),
  USER_RESTORED("user.restored", "Directory", "User", "Restore"),
  USER_PURGED("user.purged", "Directory", "User", "Purge"),
  USER_REGRANTED("user.regranted", "PeoplePermissions", "AuthUser", "Assign"),
  SESSION_REVOKED("session.revoked", "PeoplePermissions", "AccessToken", "Revoke"),
  GROUP_CARRIES("group.carries", "PeoplePermissions", "Role", "Assign"),
  GROUP_CREATED("group.created", "Groups", "DirectoryGroup", "Create"),
  GROUP_UPDATED("group.updated", "Groups", "DirectoryGroup", "Update"),
  GROUP_DELETED("group.deleted", "Groups", "DirectoryGroup", "Delete"),
  ROUTING_ADDED("routing.added", "Routing", "Skill", "Create"),
  CLIENT_CHANGED("client.changed", "Integrations", "OAuthClient", "Update"),
  CLIENT_REVOKED("client.revoked", "Integrations", "OAuthClient", "Revoke"),
  REQUEST_UNAUTHORIZED("request.unauthorized", "SCIM", "AccessToken", "Authenticate"),
  REQUEST_FORBIDDEN("request.forbidden", "SCIM", "OAuthClient", "Authorize"),
  REQUEST_CONFLICT("request.conflict", "SCIM", "User", "Update"),
  REQUEST_LIMITED("request.limited", "SCIM", "OAuthClient", "Execute");

  /// The service that has everything about users and groups, whoever changed them.
  private static final String SCIM = "SCIM";

  private final String action;
  private final String service;
  private final String entityType;
  private final String name;

  Deed(String action, String service, String entityType, String name) {
    this.action = action;
    this.service = service;
    this.entityType = entityType;
    this.name = name;
  }

  String action() {
    return action;
  }

  String entityType() {
    return entityType;
  }

  /// As the platform calls it.
  String title() {
    return name;
  }

  /// What a refused request is.
  boolean failed() {
    return action.startsWith("request.");
  }

  /// All that a query for this service finds.
  static List<Deed> of(String asked) {
    return Arrays.stream(values()).filter(deed -> deed.isOf(asked)).toList();
  }

  /// Those that share a name in the log: one.
  static Deed called(String action) {
    return Arrays.stream(values())
        .filter(deed -> deed.action.equals(action))
        .findFirst()
        .orElseThrow();
  }

  /// The services that there is something of.
  static List<String> services() {
    return Stream.concat(Stream.of(SCIM), Arrays.stream(values()).map(d -> d.service))
        .distinct()
        .sorted()
        .toList();
  }

  private boolean isOf(String asked) {
    var either = action.startsWith("user.") || action.startsWith("group.");
    return service.equals(asked) || (asked.equals(SCIM) && either);
  }
}
