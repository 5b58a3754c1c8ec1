package dev.tenure.id;

/// The id that a target gave to a group (RFC 7643 §3.1 `id`): opaque, compared exactly.
public record GroupId(String value) {
  public GroupId {
    if (value.isBlank()) {
      throw new IllegalArgumentException("a group's id is not blank");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
