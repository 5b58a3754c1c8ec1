package dev.tenure.licence;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/// The day on which a pool has no free seat left, and what that rests on: joiners and leavers whose
/// dates are known, and after the last of these the trend of the days before. `dry` is absent where
/// it is not in sight, or where there is too little to say anything; `words` tell which.
public record Forecast(
    Optional<LocalDate> dry, long joining, long leaving, Optional<Trend> trend, String words) {
  /// Fewer days of history make no trend.
  public static final int DAYS_MIN = 14;

  /// So far ahead nobody believes a trend.
  private static final long DAYS_MAX = 3 * 365L;

  /// How many seats more are used from one day to the next, and over how many days that was seen.
  public record Trend(double seatsPerDay, long days) {
    /// The line that lies closest to what was used; absent where there are too few days.
    static Optional<Trend> of(List<Day> history) {
      if (history.size() < DAYS_MIN) return Optional.empty();
      var first = history.getFirst().day();
      double meanX = history.stream().mapToLong(d -> since(first, d)).average().orElse(0);
      double meanY = history.stream().mapToLong(Day::used).average().orElse(0);
      double both = 0;
      double square = 0;
      for (var day : history) {
        double x = since(first, day) - meanX;
        both += x * (day.used() - meanY);
        square += x * x;
      }
      return Optional.of(new Trend(both / square, since(first, history.getLast()) + 1));
    }

    private static long since(LocalDate first, Day day) {
      return ChronoUnit.DAYS.between(first, day.day());
    }

    String words() {
      return String.format(Locale.ROOT, "%+.2f seats a day over %d days", seatsPerDay, days);
    }
  }

  /// So many seats more (or, negative, fewer) are used from a day on.
  record Step(LocalDate day, long seats) {}

  /// `known` in any order; `history` in the order of days, one pool only.
  static Forecast of(long free, List<Step> known, List<Day> history, LocalDate today) {
    long joining = known.stream().mapToLong(s -> Math.max(0, s.seats())).sum();
    long leaving = known.stream().mapToLong(s -> Math.max(0, -s.seats())).sum();
    var trend = Trend.of(history);
    var dated = "%d joining and %d leaving on known days".formatted(joining, leaving);
    if (free <= 0)
      return new Forecast(Optional.of(today), joining, leaving, trend, "no seat is free");
    var steps = new TreeMap<LocalDate, Long>();
    known.forEach(s -> steps.merge(s.day(), s.seats(), Long::sum));
    long left = free;
    for (var step : steps.entrySet()) {
      left -= step.getValue();
      if (left <= 0) {
        return new Forecast(Optional.of(step.getKey()), joining, leaving, trend, dated);
      }
    }
    var from = steps.isEmpty() || steps.lastKey().isBefore(today) ? today : steps.lastKey();
    var dry = trend.flatMap(t -> dry(t, steps.isEmpty() ? free : free - joining + leaving, from));
    var rests = known.isEmpty() ? "" : dated;
    return new Forecast(
        dry, joining, leaving, trend, words(rests, trend, history.size(), dry.isPresent()));
  }

  private static Optional<LocalDate> dry(Trend trend, long left, LocalDate from) {
    if (trend.seatsPerDay() <= 0) return Optional.empty();
    double days = Math.ceil(left / trend.seatsPerDay());
    return days > DAYS_MAX ? Optional.empty() : Optional.of(from.plusDays((long) days));
  }

  private static String words(String dated, Optional<Trend> trend, int days, boolean isDry) {
    var tells =
        trend
            .map(Trend::words)
            .orElse("no trend: %d of %d days were seen".formatted(days, DAYS_MIN));
    var both = dated.isEmpty() ? tells : dated + "; then " + tells;
    return isDry ? both : trend.isPresent() || !dated.isEmpty() ? "not in sight; " + both : both;
  }
}
