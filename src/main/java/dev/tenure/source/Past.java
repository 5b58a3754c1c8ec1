package dev.tenure.source;

import java.util.OptionalLong;

/// What is remembered of a source's earlier reads.
@FunctionalInterface
public interface Past {
  /// Nothing is.
  Past UNKNOWN = OptionalLong::empty;

  /// How many people the last complete read had, the unreadable ones included; empty where there
  /// was none.
  OptionalLong people();
}
