package dev.tenure.id;

/// The stable key of a person in a source (entryUUID, objectGUID, employee number, SCIM id). Never
/// empty, compared exactly, at most [#LENGTH_MAX] characters.
public record PersonKey(String value) implements Comparable<PersonKey> {
  public static final int LENGTH_MAX = 200;

  public PersonKey {
    if (value.isBlank() || value.length() > LENGTH_MAX) {
      throw new IllegalArgumentException("a person's key has 1 to " + LENGTH_MAX + " characters");
    }
  }

  @Override
  public int compareTo(PersonKey other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
