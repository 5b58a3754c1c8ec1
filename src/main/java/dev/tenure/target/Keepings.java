package dev.tenure.target;

import dev.tenure.scim.schema.AttributeRef;

/// What a target says of the attributes of its users.
@FunctionalInterface
public interface Keepings {
  Keeping of(AttributeRef attribute);
}
