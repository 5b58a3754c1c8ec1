package dev.tenure.organization;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// A user that was deleted and can be restored; its userName is folded.
public record DeletedUser(
    UUID id, String userName, Optional<String> externalId, Instant deletedAt) {}
