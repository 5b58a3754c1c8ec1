package dev.tenure.config;

/// A password, a token, a key: shown to nobody (law 10).
public final class Secret {
  private final String value;

  public Secret(String value) {
    this.value = value;
  }

  /// The secret itself, for the one call that needs it.
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "Secret[hidden]";
  }
}
