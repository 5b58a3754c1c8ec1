package dev.tenure.source;

import dev.tenure.config.Section;

/// How many people a complete read has at the least: `minimum`, and all of the last complete read
/// but the share `maximumShrink` of them; 1 sets no such limit.
public record Expectation(long minimum, double maximumShrink, Past past) {
  /// Somebody.
  public static final Expectation SOMEBODY = new Expectation(1, 1, Past.UNKNOWN);

  /// Reads `minimum` under the given key, and `maximumShrink`.
  public static Expectation read(Section section, String minimum) {
    return new Expectation(
        section.count(minimum, 1), section.share("maximumShrink", 1), Past.UNKNOWN);
  }

  /// The same, compared with this past.
  public Expectation after(Past known) {
    return new Expectation(minimum, maximumShrink, known);
  }
}
