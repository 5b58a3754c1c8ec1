package dev.tenure.organization;

import dev.tenure.organization.store.StoredResource;
import java.util.List;

/// What must hold of the stored version (`If-Match`, `If-None-Match`; RFC 9110 §13.1).
public sealed interface Precondition {
  /// Nothing.
  record None() implements Precondition {}

  /// It is one of these.
  record Versions(List<Long> versions) implements Precondition {
    public Versions {
      versions = List.copyOf(versions);
    }
  }

  /// It is none of these.
  record Others(List<Long> versions) implements Precondition {
    public Others {
      versions = List.copyOf(versions);
    }
  }

  /// There is none.
  record Absent() implements Precondition {}

  /// Whether it holds.
  default boolean holds(StoredResource stored) {
    return switch (this) {
      case None() -> true;
      case Versions(var versions) -> versions.contains(stored.version());
      case Others(var versions) -> !versions.contains(stored.version());
      case Absent() -> false;
    };
  }
}
