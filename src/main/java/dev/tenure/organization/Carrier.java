package dev.tenure.organization;

import java.util.UUID;

/// A group that carries something, or did.
public record Carrier(UUID id, String name, Carried carried) {}
