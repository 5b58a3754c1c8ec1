package dev.tenure.licence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.licence.Forecast.Step;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ForecastTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 12, 1);

  /// So many days up to today; `used` grows by one every second day.
  private static List<Day> days(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Day("CX1", TODAY.minusDays(count - 1 - i), 100, 50 + i / 2, 0, 0))
        .toList();
  }

  private static Forecast of(long free, List<Step> known, int days) {
    return Forecast.of(free, known, days(days), TODAY);
  }

  private static Step on(int day, long seats) {
    return new Step(TODAY.plusDays(day), seats);
  }

  @Test
  void aFullPoolIsDryToday() {
    assertThat(of(0, List.of(), 0).dry()).contains(TODAY);
    assertThat(of(-2, List.of(on(3, 1)), 90).dry()).contains(TODAY);
  }

  @Test
  void knownDaysTellFirst() {
    var known = List.of(on(9, 1), on(3, 1), on(5, -1), on(12, 1));
    assertThat(of(2, known, 90).dry()).contains(TODAY.plusDays(12));
    assertThat(of(2, known, 90).words()).isEqualTo("3 joining and 1 leaving on known days");
    assertThat(of(1, known, 90).dry()).contains(TODAY.plusDays(3));
  }

  @Test
  void afterTheLastKnownDayTheTrendGoesOn() {
    assertThat(of(10, List.of(), 60).dry().orElseThrow())
        .isBetween(TODAY.plusDays(19), TODAY.plusDays(21));
    var known = List.of(on(30, 4), on(40, -2));
    var forecast = of(10, known, 60);
    assertThat(forecast.dry().orElseThrow()).isBetween(TODAY.plusDays(55), TODAY.plusDays(57));
    assertThat(forecast.words()).contains("4 joining and 2 leaving", "+0.50 seats a day over 60");
  }

  @Test
  void withTooLittleNothingIsSaid() {
    var forecast = of(10, List.of(), 13);
    assertThat(forecast.dry()).isEmpty();
    assertThat(forecast.trend()).isEqualTo(Optional.empty());
    assertThat(forecast.words()).isEqualTo("no trend: 13 of 14 days were seen");
  }

  @Test
  void whatShrinksOrLastsForYearsIsNotInSight() {
    assertThat(of(1_000_000, List.of(), 60).words()).startsWith("not in sight");
    var shrinking =
        IntStream.range(0, 20)
            .mapToObj(i -> new Day("CX1", TODAY.minusDays(19 - i), 100, 90 - i, 0, 0))
            .toList();
    var forecast = Forecast.of(10, List.of(), shrinking, TODAY);
    assertThat(forecast.dry()).isEmpty();
    assertThat(forecast.words()).startsWith("not in sight; -1.00 seats a day");
  }
}
