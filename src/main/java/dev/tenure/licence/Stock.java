package dev.tenure.licence;

import dev.tenure.organization.Licences.PoolUse;
import java.util.Set;

/// A pool as it is now, and the roles that bring its licence.
public record Stock(PoolUse pool, Set<String> roles) {
  public Stock {
    roles = Set.copyOf(roles);
  }
}
