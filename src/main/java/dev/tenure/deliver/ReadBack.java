package dev.tenure.deliver;

import java.util.Locale;

/// What reading a leaver's account again showed, after the target had said that it did what was
/// asked.
public enum ReadBack {
  /// It is as it was asked for.
  CONFIRMED,
  /// It could not be read again: the target's word is all there is.
  UNREAD;

  /// In a word, for machines.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Throws [IllegalArgumentException].
  public static ReadBack of(String wire) {
    return valueOf(wire.toUpperCase(Locale.ROOT));
  }
}
