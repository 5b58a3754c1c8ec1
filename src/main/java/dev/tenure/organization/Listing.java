package dev.tenure.organization;

import dev.tenure.organization.store.Slice;
import dev.tenure.scim.message.SortOrder;

/// Which part of a list, in which order.
public record Listing(SortOrder order, Slice slice) {}
