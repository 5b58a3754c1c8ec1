package dev.tenure.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// Values with a unit.
final class Units {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
  private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,9})?) ?%");
  private static final Pattern PART = Pattern.compile("\\d(?:\\.\\d{1,9})?|\\.\\d{1,9}");
  private static final double HUNDRED = 100;

  private Units() {}

  /// `500ms`, `30s`, `5m`, `2h`, `7d`.
  static Optional<Duration> duration(String text) {
    var m = DURATION.matcher(text);
    if (!m.matches()) return Optional.empty();
    long n = Long.parseLong(m.group(1));
    return Optional.of(
        switch (m.group(2)) {
          case "ms" -> Duration.ofMillis(n);
          case "s" -> Duration.ofSeconds(n);
          case "m" -> Duration.ofMinutes(n);
          case "h" -> Duration.ofHours(n);
          default -> Duration.ofDays(n);
        });
  }

  /// `115.00`; not below 0.
  static Optional<BigDecimal> amount(String text) {
    try {
      return Optional.of(new BigDecimal(text)).filter(a -> a.signum() >= 0);
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  /// `80%` or `0.8`; 0 to 1.
  static Optional<Double> share(String text) {
    var percent = PERCENT.matcher(text);
    if (percent.matches()) return part(Double.parseDouble(percent.group(1)) / HUNDRED);
    return PART.matcher(text).matches() ? part(Double.parseDouble(text)) : Optional.empty();
  }

  private static Optional<Double> part(double share) {
    return share <= 1 ? Optional.of(share) : Optional.empty();
  }
}
