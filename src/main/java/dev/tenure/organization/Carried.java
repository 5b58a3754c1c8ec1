package dev.tenure.organization;

import java.util.List;
import java.util.Optional;

/// What a group carries to its direct members: roles, licences, and a division for those who have
/// none of their own.
public record Carried(List<RoleGrant> roles, List<String> licences, Optional<String> division) {
  public Carried {
    roles = List.copyOf(roles);
    licences = List.copyOf(licences);
  }
}
