package dev.tenure.licence;

import dev.tenure.background.Background;
import java.time.Duration;

/// Writes down how all pools are, in the background, every ten minutes: the last time of a day
/// counts. Any number of nodes may do so.
public final class Recorder {
  /// The flows had their first turn by then.
  private static final Duration FIRST = Duration.ofMinutes(1);

  private static final Duration EVERY = Duration.ofMinutes(10);

  private Recorder() {}

  /// Begins, until what is given is closed.
  public static Background start(Ledgers ledgers) {
    var background = new Background("licences");
    background.repeat("licences", FIRST, EVERY, ledgers::record);
    return background;
  }
}
