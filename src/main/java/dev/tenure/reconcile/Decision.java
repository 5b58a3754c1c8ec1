package dev.tenure.reconcile;

import java.util.Optional;

/// What somebody decided of one conflict ([Conflict#id]); absent: as proposed.
public record Decision(String conflict, Optional<Resolution> resolution) {}
