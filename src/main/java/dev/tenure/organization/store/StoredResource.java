package dev.tenure.organization.store;

import java.time.Instant;
import java.util.UUID;

/// A user, a group or another resource as stored. `document` is its JSON text without id, meta and
/// `related`, which are the JSON array of a user's groups or a group's members; empty text where
/// there are none or they were not asked for.
public record StoredResource(
    UUID id, long version, Instant created, Instant modified, String document, String related) {
  /// `related` of a group with more members than are read at once: they are read in portions.
  static final String PORTIONED = "*";

  /// `related` of a user whose groups may be in groups, where these were not looked for.
  static final String NESTED = "?";

  /// Whether there are more related resources than were read.
  public boolean isPortioned() {
    return related.equals(PORTIONED);
  }

  boolean isNested() {
    return related.equals(NESTED);
  }

  /// The same with what is related to it as another reading of it has it.
  StoredResource related(StoredResource other) {
    return new StoredResource(id, version, created, modified, document, other.related);
  }

  /// The same without what is related to it.
  public StoredResource without() {
    return new StoredResource(id, version, created, modified, document, "");
  }

  /// The same after a change.
  public StoredResource changed(long newVersion, Instant at, String newDocument) {
    return new StoredResource(id, newVersion, created, at, newDocument, related);
  }
}
