package dev.tenure.licence;

import dev.tenure.id.AccountId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// An account whose seats could be had back. `because` says why in words; `lastSignIn` is absent
/// where none is known.
public record Reclaimable(
    AccountId account,
    String name,
    Set<String> skus,
    Evidence evidence,
    String because,
    Optional<Instant> lastSignIn) {
  public Reclaimable {
    skus = Set.copyOf(skus);
  }
}
