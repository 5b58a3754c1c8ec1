package dev.tenure.flow;

import dev.tenure.policy.Policy;
import dev.tenure.source.Source;

/// The deciding half of a flow: where people come from, and what is said of each.
public record Rules(Source source, Policy policy) {}
