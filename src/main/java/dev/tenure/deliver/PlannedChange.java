package dev.tenure.deliver;

import java.time.Instant;

/// A change of one person, and the plan that it belongs to.
public record PlannedChange(PlanNumber plan, Instant madeAt, StoredChange change) {}
