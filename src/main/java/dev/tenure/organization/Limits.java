package dev.tenure.organization;

import dev.tenure.config.Section;
import java.time.Duration;

/// What requests to the organizations' endpoints may ask for at the most; part of the section
/// `server`. A Bulk request has up to `bulkOperations` (0: there is no Bulk) in up to
/// `bulkBytesMax`; a cursor is good for `cursorLife`.
public record Limits(int bulkOperations, int bulkBytesMax, Duration cursorLife) {
  /// Without a setting.
  public static final Limits USUAL = new Limits(1_000, 1 << 20, Duration.ofHours(1));

  private static final Duration CURSOR_LIFE_MAX = Duration.ofDays(7);

  public static Limits read(Section section) {
    var life = section.duration("cursorLife", USUAL.cursorLife());
    section.require(
        life.toSeconds() > 0 && life.compareTo(CURSOR_LIFE_MAX) <= 0,
        "cursorLife",
        "must be from 1s to " + CURSOR_LIFE_MAX.toDays() + "d");
    return new Limits(
        section.count("bulkOperations", USUAL.bulkOperations()),
        section.count("bulkBytes", USUAL.bulkBytesMax()),
        life);
  }
}
