package dev.tenure.notify.store;

import java.sql.Array;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Arrays of integers.
final class Marks {
  private Marks() {}

  static Set<Integer> of(@Nullable Array array) throws SQLException {
    if (array == null) return Set.of();
    return Set.of((Integer[]) array.getArray());
  }
}
