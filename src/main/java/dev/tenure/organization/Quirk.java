package dev.tenure.organization;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What Genesys Cloud does to some and not to others, or what is told of it in two ways: an
/// organization says which of it happens. Without meaning in other profiles.
public enum Quirk {
  /// Who is deactivated loses the roles that were given directly.
  INACTIVE_REMOVES_ROLES("inactiveRemovesRoles"),
  /// `GET /api/v2/scim/v2/groups` without a filter is refused; `/api/v2/scim/groups` never is.
  GROUP_LISTS_NEED_FILTER("groupListsNeedFilter"),
  /// A page of more than 25 users is refused with 429 unless what is costly to read is left out.
  COSTLY_PAGES("costlyPages");

  /// Where the organization says nothing else.
  static final Set<Quirk> USUAL = Set.of(INACTIVE_REMOVES_ROLES);

  private final String wire;

  Quirk(String wire) {
    this.wire = wire;
  }

  /// As in `tenure.yaml`.
  public String wire() {
    return wire;
  }

  public static Optional<Quirk> named(String wire) {
    return Arrays.stream(values()).filter(q -> q.wire.equals(wire)).findFirst();
  }

  public static List<String> all() {
    return Arrays.stream(values()).map(Quirk::wire).toList();
  }
}
