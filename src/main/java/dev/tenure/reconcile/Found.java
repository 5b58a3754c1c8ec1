package dev.tenure.reconcile;

import java.util.List;

/// What a look at both ends found.
public record Found(List<Conflict> conflicts) {
  public Found {
    conflicts = List.copyOf(conflicts);
  }
}
