package dev.tenure.policy;

import dev.tenure.scim.schema.AttributeRef;

/// Finds a person's account by equal values of one attribute: the desired account's value of `on`
/// against the observed ones', by the attribute's own case rule. Ordered; the first that hits
/// decides; two hits are a conflict. `adopt`: an account with another externalId may be taken over.
public record MatchRule(AttributeRef on, boolean adopt) {}
