package dev.tenure.access;

import java.time.Instant;
import java.util.Optional;

/// A program that may use the admin API. `prefix` is how its token begins; `lastSeen`: absent where
/// it was never used.
public record AdminToken(
    String name,
    Role role,
    String prefix,
    Instant madeAt,
    Optional<Instant> expiresAt,
    Optional<Instant> lastSeen) {}
