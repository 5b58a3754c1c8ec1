package dev.tenure.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenure.config.Configuration;
import dev.tenure.flow.Schedule.Interval;
import dev.tenure.flow.Schedule.Timetable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScheduleTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void anIntervalIsCountedFromTheLastTime() {
    var schedule = new Interval(Duration.ofMinutes(5));
    assertThat(schedule.after(Instant.parse("2026-05-04T08:00:00Z")))
        .isEqualTo(Instant.parse("2026-05-04T08:05:00Z"));
  }

  @Test
  void aTimetableIsOfItsZone() {
    var friday = Instant.parse("2026-05-08T12:00:00Z");
    var schedule = Timetable.of("30 6 * * 1-5", BERLIN);
    assertThat(schedule.after(friday)).isEqualTo(Instant.parse("2026-05-11T04:30:00Z"));
    assertThat(schedule.every()).isEqualTo(Duration.ofDays(3));
    assertThat(Timetable.of("*/15 8-17 * * *", ZoneOffset.UTC).every())
        .isEqualTo(Duration.ofHours(14).plusMinutes(15));
  }

  /// On the day when 02:30 comes not at all, and on the one when it comes twice.
  @Test
  void aTimeThatTheClockLeavesOutIsNotMissedForADay() {
    var schedule = Timetable.of("30 2 * * *", BERLIN);
    var spring = schedule.after(Instant.parse("2026-03-28T12:00:00Z"));
    assertThat(spring).isEqualTo(Instant.parse("2026-03-29T01:30:00Z"));
    assertThat(schedule.after(spring)).isEqualTo(Instant.parse("2026-03-30T00:30:00Z"));
    var autumn = schedule.after(Instant.parse("2026-10-24T12:00:00Z"));
    assertThat(autumn).isEqualTo(Instant.parse("2026-10-25T00:30:00Z"));
    assertThat(schedule.after(autumn)).isEqualTo(Instant.parse("2026-10-26T01:30:00Z"));
  }

  @Test
  void theNextTimeIsAlwaysLater() {
    var schedule = Timetable.of("*/10 * * * *", BERLIN);
    var time = Instant.parse("2026-10-24T22:00:00Z");
    for (int i = 0; i < 100; i++) {
      var next = schedule.after(time);
      assertThat(Duration.between(time, next)).isPositive().isLessThan(Duration.ofMinutes(71));
      assertThat(schedule.after(time.plusSeconds(1))).isAfter(time.plusSeconds(1));
      time = next;
    }
  }

  @Test
  void whatIsWrongIsToldWithItsPlace(@TempDir Path folder) throws IOException {
    var lines =
        Map.of(
            "{cron: every day}", "cron: must be minute, hour, day, month and weekday",
            "{cron: '0 2 * * *', cronZone: Mars}", "cronZone: must be a time zone",
            "{cron: '0 2 * * *', every: 5m}", "cron: cannot stand beside 'every'",
            "{every: 1ms}", "every: must be at least 1s");
    for (var line : lines.entrySet()) {
      var file = Files.writeString(folder.resolve("tenure.yaml"), "flow: " + line.getKey() + "\n");
      var configuration = Configuration.load(file, _ -> null);
      Schedule.read(configuration.root().section("flow").orElseThrow(), Duration.ofMinutes(1));
      assertThatThrownBy(configuration::finish).hasMessageContaining(line.getValue());
    }
  }

  @Test
  void whatSaysNoTimeIsRefused() {
    for (var fields : new String[] {"", "every day", "61 * * * *", "* * *", "0 0 31 2 *"}) {
      assertThatThrownBy(() -> Timetable.of(fields, ZoneOffset.UTC))
          .as(fields)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
