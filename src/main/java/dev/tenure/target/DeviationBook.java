package dev.tenure.target;

import java.time.Instant;
import java.util.List;

/// What was learned of all targets.
public interface DeviationBook {
  /// What a target was last seen to do, and in what words it said so.
  record Seen(String target, Deviation deviation, Instant at, String words) {}

  /// Of one target, by the name under which its budget is kept.
  Deviations of(String target);

  /// What counts now, by target.
  List<Seen> all();
}
