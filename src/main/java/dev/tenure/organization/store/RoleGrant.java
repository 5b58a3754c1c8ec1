package dev.tenure.organization.store;

import java.util.List;

/// A role, and the division that it is limited to; empty: the division of who has it.
public record RoleGrant(String role, String division) {
  static String[] roles(List<RoleGrant> grants) {
    return grants.stream().map(RoleGrant::role).toArray(String[]::new);
  }

  static String[] divisions(List<RoleGrant> grants) {
    return grants.stream().map(RoleGrant::division).toArray(String[]::new);
  }
}
