package dev.tenure.console;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// How values are written on pages.
public final class Words {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);

  private Words() {}

  /// `2026-11-24 08:00:12`, in UTC.
  public static String time(Instant at) {
    return TIME.format(at);
  }

  /// `2026-11-24 08:00`, in UTC.
  public static String minute(Instant at) {
    return MINUTE.format(at);
  }

  /// `12,345`.
  public static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /// `3 changes`, `1 change`.
  public static String many(long count, String what) {
    return number(count) + " " + what + (count == 1 ? "" : "s");
  }

  /// In the two largest units: `2 min 5 s`.
  public static String duration(Duration time) {
    long seconds = Math.max(0, time.toSeconds());
    if (seconds < 60) return seconds + " s";
    if (seconds < 3_600) return two(seconds / 60, "min", seconds % 60, "s");
    if (seconds < 86_400) return two(seconds / 3_600, "h", seconds % 3_600 / 60, "min");
    return two(seconds / 86_400, "d", seconds % 86_400 / 3_600, "h");
  }

  /// `12.3`.
  public static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f", time.toMillis() / 1000.0);
  }

  private static String two(long first, String unit, long second, String smaller) {
    var text = first + " " + unit;
    return second == 0 ? text : text + " " + second + " " + smaller;
  }

  /// How long ago: `just now`, `5 min ago`.
  public static String ago(Instant at, Instant now) {
    long seconds = Duration.between(at, now).toSeconds();
    if (seconds < 5) return "just now";
    if (seconds < 60) return seconds + " s ago";
    if (seconds < 3_600) return seconds / 60 + " min ago";
    if (seconds < 86_400) return seconds / 3_600 + " h ago";
    return seconds / 86_400 + " d ago";
  }

  /// `past last day`.
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /// `urn:…:User:department` → `department`.
  public static String attribute(String name) {
    return name.startsWith("urn:") ? name.substring(name.lastIndexOf(':') + 1) : name;
  }

  /// As a shell reads it as one word.
  public static String shell(String text) {
    return text.matches("[A-Za-z0-9@._:/=+,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  /// At most so many characters, with a sign that something is missing.
  public static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }
}
