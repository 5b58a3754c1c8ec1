package dev.tenure.policy.function;

/// A value that a function cannot use. Thrown out of an expression without a stack: it is a way
/// out, not a mistake.
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN_MAX = 100;
  private final String value;
  private final String remedy;

  public Refusal(String why, String value, String remedy) {
    super(why, null, false, false);
    this.value = value.length() > SHOWN_MAX ? value.substring(0, SHOWN_MAX) + "…" : value;
    this.remedy = remedy;
  }

  /// What was wrong with the value, in words.
  public String why() {
    return String.valueOf(getMessage());
  }

  public String value() {
    return value;
  }

  public String remedy() {
    return remedy;
  }
}
