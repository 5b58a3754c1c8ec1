package dev.tenure.metric;

import dev.tenure.config.Secret;
import dev.tenure.config.Section;
import java.util.Optional;

/// Section `server.metrics`. With a `token`, who shows it may read the metrics, from anywhere;
/// without one, whoever asks from the same machine.
public record MetricsConfig(Optional<Secret> token) {
  /// What holds where nothing is configured.
  public static final MetricsConfig USUAL = new MetricsConfig(Optional.empty());

  /// A token that is shorter may be guessed.
  private static final int LENGTH_MIN = 16;

  /// Reads the section `metrics` of the section `server`.
  public static MetricsConfig read(Section server) {
    return server.section("metrics").map(MetricsConfig::of).orElse(USUAL);
  }

  private static MetricsConfig of(Section metrics) {
    var token = metrics.secret("token");
    int length = token.reveal().length();
    metrics.require(
        length == 0 || length >= LENGTH_MIN,
        "token",
        "must have at least " + LENGTH_MIN + " characters");
    return new MetricsConfig(Optional.of(token));
  }
}
