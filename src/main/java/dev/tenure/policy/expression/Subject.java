package dev.tenure.policy.expression;

import dev.tenure.source.Person;
import java.time.Instant;

/// Whom a rule is asked about, and at what time.
public record Subject(Person person, Instant at) {}
