package dev.tenure.signal;

import java.time.Instant;
import java.util.List;

/// Where the signing keys are kept, for all nodes.
public interface Keys {
  /// A key as JSON Web Key with its private part (RFC 7517), and when it begins to sign. Shown to
  /// nobody.
  record Kept(int generation, String jwk, Instant signsFrom) {
    @Override
    public String toString() {
      return "Kept[" + generation + ", hidden, " + signsFrom + "]";
    }
  }

  /// By generation, the oldest first.
  List<Kept> all();

  /// Does nothing where somebody else added this generation before.
  void add(Kept key);

  /// Drops those of an older generation.
  void dropBefore(int generation);
}
