package dev.tenure.organization.store;

import java.util.Optional;

/// Which part of a list is read, and how many at the most; 0 asks for the total only.
public sealed interface Slice {
  int count();

  /// From this one on; `offset` counts from 0.
  record At(int offset, int count) implements Slice {}

  /// From the beginning, in pages that are told by places.
  record First(int count) implements Slice {}

  /// Beside a place. `total` was counted with the first page, and is not counted again.
  record Beside(Place entry, int count, long total) implements Slice {}

  /// The place, where there is one.
  default Optional<Place> place() {
    return this instanceof Beside beside ? Optional.of(beside.entry()) : Optional.empty();
  }

  /// Whether what comes before a place is read.
  default boolean isBackward() {
    return place().map(Place::backward).orElse(false);
  }
}
