package dev.tenure.policy.function;

import static dev.tenure.policy.function.Overload.NUMBER;
import static dev.tenure.policy.function.Overload.TEXT;
import static dev.tenure.policy.function.Overload.TIME;

import dev.tenure.policy.function.Overload.Given;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/// Days and times. A day needs a time zone to be a time; where none is given it is UTC.
final class DateFunctions {
  private static final ZoneId UTC = ZoneOffset.UTC;

  static final List<Overload> ALL =
      List.of(
          Overload.of("date", List.of(TIME, TEXT), g -> Times.parse(g.text(0), UTC)),
          Overload.of("date", List.of(TIME, TEXT, TEXT), g -> Times.parse(g.text(0), zone(g, 1))),
          Overload.of(
              "parseDate", List.of(TIME, TEXT, TEXT), g -> Times.parse(g.text(0), g.text(1), UTC)),
          Overload.of(
              "parseDate",
              List.of(TIME, TEXT, TEXT, TEXT),
              g -> Times.parse(g.text(0), g.text(1), zone(g, 2))),
          Overload.of(
              "formatDate",
              List.of(TEXT, TIME, TEXT),
              g -> Times.format(g.time(0), g.text(1), UTC)),
          Overload.of(
              "formatDate",
              List.of(TEXT, TIME, TEXT, TEXT),
              g -> Times.format(g.time(0), g.text(1), zone(g, 2))),
          Overload.of("addTime", List.of(TIME, TIME, NUMBER, TEXT), g -> plus(g, UTC)),
          Overload.of("addTime", List.of(TIME, TIME, NUMBER, TEXT, TEXT), g -> plus(g, zone(g, 3))),
          Overload.of("timeBetween", List.of(NUMBER, TIME, TIME, TEXT), g -> between(g, UTC)),
          Overload.of(
              "timeBetween", List.of(NUMBER, TIME, TIME, TEXT, TEXT), g -> between(g, zone(g, 3))),
          Overload.of("toFileTime", List.of(TEXT, TIME), g -> Times.fileTime(g.time(0))),
          Overload.of("fromFileTime", List.of(TIME, TEXT), g -> Times.ofFileTime(g.text(0))));

  private DateFunctions() {}

  private static ZoneId zone(Given given, int at) {
    return Times.zone(given.text(at));
  }

  /// A month later is the same day of the next month, or its last one; a day later is the same hour
  /// of the zone's next day.
  private static Instant plus(Given given, ZoneId zone) {
    try {
      var unit = Times.unit(given.text(2));
      return given.time(0).atZone(zone).plus(given.number(1), unit).toInstant();
    } catch (DateTimeException | ArithmeticException e) {
      throw new Refusal(
          "there is no such time", String.valueOf(given.number(1)), "add or take away less");
    }
  }

  /// Whole units from the first to the second; negative where the second is earlier.
  private static long between(Given given, ZoneId zone) {
    var unit = Times.unit(given.text(2));
    return given.time(0).atZone(zone).until(given.time(1).atZone(zone), unit);
  }
}
