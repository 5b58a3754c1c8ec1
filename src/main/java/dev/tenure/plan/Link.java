package dev.tenure.plan;

import dev.tenure.id.AccountId;
import dev.tenure.id.PersonKey;

/// Person ↔ account, made by a match rule or by a creation, kept by the target's id.
public record Link(PersonKey person, AccountId account) {}
