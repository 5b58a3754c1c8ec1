package dev.tenure.deliver;

import java.time.Duration;

/// How many changes go as one request: more while such requests are answered quickly, and half as
/// many where one takes long or gets no answer. What is under way is waited for before a delivery
/// ends, and its people wait for it. Not safe for many threads.
final class Together {
  private static final int FIRST = 10;

  /// No target takes more at once.
  private static final int MOST = 1_000;

  private static final Duration QUICK = Duration.ofMillis(500);
  private static final Duration LONG = Duration.ofSeconds(2);

  private int size = FIRST;

  /// At least 1, and at most so many.
  int size(int most) {
    return Math.max(1, Math.min(size, most));
  }

  /// What so many took; `answered`: the target said what became of some.
  void took(int changes, Duration time, boolean answered) {
    if (changes == 1) return;
    if (!answered || time.compareTo(LONG) > 0) size = Math.max(1, Math.min(size, changes) / 2);
    else if (changes >= size && time.compareTo(QUICK) < 0) size = Math.min(2 * size, MOST);
  }
}
