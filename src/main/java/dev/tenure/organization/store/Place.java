package dev.tenure.organization.store;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where a page of a list ends: at the resource with this key and id; `backward` tells that what
/// comes before it is meant, else what follows it. The key is that of the list's order, as text;
/// null where the resource has no value.
public record Place(@Nullable String key, UUID id, boolean backward) {}
