package dev.tenure.target;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What was learned of one target, by all flows and nodes. Safe for use by many threads at once.
public interface Deviations {
  /// What is known now.
  Set<Deviation> known();

  /// Notes what an answer showed; `words` are the target's.
  void learned(Deviation deviation, String words);

  /// Kept as long as this object.
  static Deviations inMemory() {
    Set<Deviation> known = ConcurrentHashMap.newKeySet();
    return new Deviations() {
      @Override
      public Set<Deviation> known() {
        return known.isEmpty() ? Set.of() : EnumSet.copyOf(known);
      }

      @Override
      public void learned(Deviation deviation, String words) {
        known.add(deviation);
      }
    };
  }
}
