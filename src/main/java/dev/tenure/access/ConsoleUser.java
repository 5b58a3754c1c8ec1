package dev.tenure.access;

import java.time.Instant;
import java.util.Optional;

/// Somebody who may sign in. `temporary`: somebody else chose the password; `lastSeen`: absent
/// where nobody is signed in with this name.
public record ConsoleUser(
    String name, Role role, Instant madeAt, boolean temporary, Optional<Instant> lastSeen) {}
