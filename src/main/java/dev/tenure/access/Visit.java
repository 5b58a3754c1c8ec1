package dev.tenure.access;

import java.time.Instant;

/// A live session of somebody who signed in. `temporary`: somebody else chose the password;
/// `external`: a provider vouched for them, they have no password here; `endsAt`: when it ends in
/// any case.
public record Visit(
    String name, Role role, boolean temporary, boolean external, Instant begunAt, Instant endsAt) {}
