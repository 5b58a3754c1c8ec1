package dev.tenure.organization;

import dev.tenure.organization.store.StoredResource;
import java.util.List;

/// What must hold of the stored version (`If-Match`, RFC 9110 §13.1.1).
public sealed interface Precondition {
  /// Nothing.
  record None() implements Precondition {}

  /// It is one of these.
  record Versions(List<Long> versions) implements Precondition {
    public Versions {
      versions = List.copyOf(versions);
    }
  }

  /// Whether it holds.
  default boolean holds(StoredResource stored) {
    return switch (this) {
      case None() -> true;
      case Versions(var versions) -> versions.contains(stored.version());
    };
  }
}
