package dev.tenure.audit;

import java.time.Instant;

/// What a verification found.
public sealed interface Verdict {
  /// Everything is as it was written. `rows` of the log are there, of `erased` ones the details are
  /// gone, as the log itself tells. `asOf`: when this state was signed.
  record Intact(String log, long rows, long erased, Instant asOf) implements Verdict {}

  /// Something is not. `line` counts from 1 (0: not of a line); `row` is the place of the first row
  /// that is broken, or of the first that may be where only a later signature shows it.
  record Broken(long line, long row, String what) implements Verdict {}
}
