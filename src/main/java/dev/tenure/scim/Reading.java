package dev.tenure.scim;

/// How requests are read. `STRICT` holds a client to the RFCs; `TOLERANT` also understands what
/// identity providers really send (booleans as text, unknown attributes, short names …).
public enum Reading {
  STRICT,
  TOLERANT;

  public boolean isTolerant() {
    return this == TOLERANT;
  }
}
