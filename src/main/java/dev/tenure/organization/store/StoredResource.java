package dev.tenure.organization.store;

import java.time.Instant;
import java.util.UUID;

/// A user, a group or another resource as stored. `document` is its JSON text without id, meta and
/// `related`, which are the JSON array of a user's groups or a group's members; empty text where
/// there are none or they were not asked for.
public record StoredResource(
    UUID id, long version, Instant created, Instant modified, String document, String related) {

  /// The same after a change.
  public StoredResource changed(long newVersion, Instant at, String newDocument) {
    return new StoredResource(id, newVersion, created, at, newDocument, related);
  }
}
