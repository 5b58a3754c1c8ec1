package dev.tenure.access;

import java.time.Instant;

/// A live session of somebody who signed in. `endsAt`: when it ends in any case.
public record Visit(String name, Role role, boolean temporary, Instant begunAt, Instant endsAt) {}
