package dev.tenure.id;

/// The id that a target gave to an account (RFC 7643 §3.1 `id`): opaque, compared exactly.
public record AccountId(String value) {
  public AccountId {
    if (value.isBlank()) {
      throw new IllegalArgumentException("an account's id is not blank");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
