package dev.tenure.organization.limit;

/// How many requests a client may make: `perMinute` in the long run, at most `burst` at once. They
/// come back continuously, or with `byWindow` all at the end of a minute that begins with the first
/// request, as Genesys Cloud has it. `perMinute` 0: as many as it likes.
public record RateLimit(int perMinute, int burst, boolean byWindow) {
  /// More than one machine answers: it stops a client that runs wild, and nobody else.
  private static final RateLimit STANDARD = new RateLimit(600_000, 600_000, false);

  private static final RateLimit GENESYS = new RateLimit(300, 300, true);
  private static final int SECONDS = 60;

  public RateLimit {
    if (perMinute < 0 || burst < 0 || (perMinute > 0 && burst == 0)) {
      throw new IllegalArgumentException("a limit above 0 lets at least one request through");
    }
  }

  /// The limit where none is configured; `genesys` is that of Genesys Cloud.
  public static RateLimit usual(boolean genesys) {
    return genesys ? GENESYS : STANDARD;
  }

  boolean unlimited() {
    return perMinute == 0;
  }

  /// In how many seconds an empty budget is full again.
  int windowSeconds() {
    return byWindow ? SECONDS : (int) Math.ceilDiv((long) burst * SECONDS, perMinute);
  }

  /// How many requests come back in a second, where they come continuously.
  double perSecond() {
    return (double) perMinute / SECONDS;
  }
}
