package dev.tenure.policy.function;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// Reads days, times and zones as sources write them.
public final class Times {
  /// Active Directory counts 100 ns from here.
  private static final Instant FILE_TIME_ZERO = Instant.parse("1601-01-01T00:00:00Z");

  private static final long TICKS_PER_SECOND = 10_000_000;

  private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final Pattern GENERALIZED = Pattern.compile("[0-9]{14}(\\.[0-9]+)?Z");
  private static final Pattern OFFSET = Pattern.compile(".*(Z|[+-][0-9]{2}:?[0-9]{2})$");
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT);

  /// Patterns of configurations are few; those made of people's values are not kept beyond this.
  private static final int KEPT_MAX = 200;

  private static final Map<String, DateTimeFormatter> KEPT = new ConcurrentHashMap<>();

  private Times() {}

  /// `Europe/Berlin`, `+02:00`, `UTC`; an empty text is UTC.
  public static ZoneId zone(String text) {
    if (text.isBlank()) return ZoneOffset.UTC;
    try {
      return ZoneId.of(text.strip());
    } catch (DateTimeException e) {
      throw new Refusal(
          "there is no time zone '" + text + "'", text, "name one such as Europe/Berlin");
    }
  }

  /// Whether it is written as a day, without a time.
  public static boolean isDay(String text) {
    return DAY.matcher(text.strip()).matches();
  }

  /// `2026-03-31` is the start of that day in the zone; `2026-03-31T17:00` a time of it; with an
  /// offset (`…Z`, `…+02:00`) the zone does not matter. Also what LDAP writes: `20260331150000Z`.
  public static Instant parse(String text, ZoneId zone) {
    var given = text.strip();
    if (given.isEmpty()) {
      throw new Refusal("there is no date", text, "ask first, as in hireDate == \"\" ? \"\" : …");
    }
    try {
      if (GENERALIZED.matcher(given).matches()) return generalized(given);
      if (isDay(given)) return LocalDate.parse(given).atStartOfDay(zone).toInstant();
      var spaced = given.replaceFirst(" ", "T");
      if (OFFSET.matcher(spaced).matches() && spaced.indexOf('T') == 10) {
        return OffsetDateTime.parse(spaced).toInstant();
      }
      return LocalDateTime.parse(spaced).atZone(zone).toInstant();
    } catch (DateTimeException e) {
      throw noDate(text, "write it like 2026-03-31, or read it with parseDate and its pattern");
    }
  }

  private static Instant generalized(String text) {
    return LocalDateTime.parse(text.substring(0, 14), SECONDS).toInstant(ZoneOffset.UTC);
  }

  /// By a pattern such as `dd.MM.yyyy HH:mm`; what it does not say is the start of the day.
  static Instant parse(String text, String pattern, ZoneId zone) {
    try {
      var format =
          new DateTimeFormatterBuilder()
              .parseCaseInsensitive()
              .append(formatter(pattern))
              .parseDefaulting(ChronoField.ERA, 1)
              .toFormatter(Locale.ENGLISH);
      var read =
          format.parseBest(
              text.strip(), OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
      return switch (read) {
        case OffsetDateTime t -> t.toInstant();
        case LocalDateTime t -> t.atZone(zone).toInstant();
        case LocalDate d -> d.atStartOfDay(zone).toInstant();
        default -> throw noDate(text, "let the pattern give a day");
      };
    } catch (DateTimeException e) {
      throw noDate(text, "correct it in the source, or the pattern '" + pattern + "'");
    }
  }

  static String format(Instant time, String pattern, ZoneId zone) {
    try {
      return formatter(pattern).format(ZonedDateTime.ofInstant(time, zone));
    } catch (DateTimeException e) {
      throw new Refusal(
          "the time does not fit the pattern '" + pattern + "'", time.toString(), "correct it");
    }
  }

  private static DateTimeFormatter formatter(String pattern) {
    var known = KEPT.get(pattern);
    if (known != null) return known;
    try {
      var made = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
      if (KEPT.size() < KEPT_MAX) KEPT.put(pattern, made);
      return made;
    } catch (IllegalArgumentException e) {
      throw new Refusal(
          "'" + pattern + "' is not a pattern of dates",
          pattern,
          "write it like yyyy-MM-dd or dd.MM.yyyy HH:mm");
    }
  }

  static ChronoUnit unit(String name) {
    return switch (name.strip().toLowerCase(Locale.ROOT)) {
      case "year", "years", "yyyy" -> ChronoUnit.YEARS;
      case "month", "months", "m" -> ChronoUnit.MONTHS;
      case "week", "weeks", "ww" -> ChronoUnit.WEEKS;
      case "day", "days", "d" -> ChronoUnit.DAYS;
      case "hour", "hours", "h" -> ChronoUnit.HOURS;
      case "minute", "minutes", "n" -> ChronoUnit.MINUTES;
      case "second", "seconds", "s" -> ChronoUnit.SECONDS;
      default ->
          throw new Refusal(
              "'" + name + "' is not a unit of time",
              name,
              "write year, month, week, day, hour, minute or second");
    };
  }

  static Instant ofFileTime(String text) {
    var given = text.strip();
    if (!given.matches("[0-9]{1,18}")) throw noDate(text, "give the number that AD writes");
    long ticks = Long.parseLong(given);
    return FILE_TIME_ZERO
        .plusSeconds(ticks / TICKS_PER_SECOND)
        .plusNanos(ticks % TICKS_PER_SECOND * 100);
  }

  static String fileTime(Instant time) {
    var since = java.time.Duration.between(FILE_TIME_ZERO, time);
    return String.valueOf(since.getSeconds() * TICKS_PER_SECOND + since.getNano() / 100);
  }

  private static Refusal noDate(String text, String remedy) {
    return new Refusal("'" + text + "' is not a date", text, remedy);
  }
}
