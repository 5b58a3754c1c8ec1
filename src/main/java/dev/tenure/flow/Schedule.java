package dev.tenure.flow;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.tenure.config.Section;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/// When a flow looks at both its ends.
public sealed interface Schedule {
  /// The first time after this one.
  Instant after(Instant time);

  /// The usual time between two looks; of a timetable the longest there is.
  Duration every();

  /// As often as that.
  record Interval(Duration every) implements Schedule {
    @Override
    public Instant after(Instant time) {
      return time.plus(every);
    }
  }

  /// At the times of five fields, as crontab has them, on the clock of this zone: `0 2 * * 1-5`.
  record Timetable(String fields, ZoneId zone, Duration every) implements Schedule {
    /// So many times in a row tell the longest time between two: the hours of a week.
    private static final int TIMES = 7 * 24;

    private static final CronParser PARSER =
        new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    /// Throws [IllegalArgumentException] where the fields say no time that will come.
    public static Timetable of(String fields, ZoneId zone) {
      var first = new Timetable(fields, zone, Duration.ZERO);
      var longest = Duration.ZERO;
      var last = first.after(Instant.EPOCH);
      for (int i = 0; i < TIMES; i++) {
        var next = first.after(last);
        var between = Duration.between(last, next);
        if (between.compareTo(longest) > 0) longest = between;
        last = next;
      }
      return new Timetable(fields, zone, longest);
    }

    /// A time that the clock leaves out comes an hour later, one that it shows twice comes once.
    @Override
    public Instant after(Instant time) {
      var shown = time.atZone(zone).toLocalDateTime();
      var next =
          ExecutionTime.forCron(PARSER.parse(fields))
              .nextExecution(shown.atZone(ZoneOffset.UTC))
              .orElseThrow(() -> new IllegalArgumentException("there is no such time: " + fields))
              .toLocalDateTime()
              .atZone(zone);
      var early = next.toInstant();
      return early.isAfter(time) ? early : next.withLaterOffsetAtOverlap().toInstant();
    }
  }

  /// Reads `every` or `cron` with `zone` of a flow's section; `usual`: where neither is there.
  static Schedule read(Section section, Duration usual) {
    var cron = section.optionalText("cron");
    section.require(cron.isEmpty() || !section.has("every"), "cron", "cannot stand beside 'every'");
    var every = section.duration("every", usual);
    section.require(every.compareTo(Duration.ofSeconds(1)) >= 0, "every", "must be at least 1s");
    var zone = zone(section);
    return cron.flatMap(fields -> timetable(section, fields, zone)).orElse(new Interval(every));
  }

  private static ZoneId zone(Section section) {
    var name = section.optionalText("cronZone");
    try {
      return name.<ZoneId>map(ZoneId::of).orElse(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      section.require(false, "cronZone", "must be a time zone, such as Europe/Berlin");
      return ZoneOffset.UTC;
    }
  }

  private static Optional<Schedule> timetable(Section section, String fields, ZoneId zone) {
    try {
      return Optional.of(Timetable.of(fields, zone));
    } catch (IllegalArgumentException e) {
      section.require(
          false, "cron", "must be minute, hour, day, month and weekday, such as 0 2 * * 1-5");
      return Optional.empty();
    }
  }
}
