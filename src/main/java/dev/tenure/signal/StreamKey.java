package dev.tenure.signal;

import dev.tenure.id.OrganizationId;
import java.util.UUID;

/// Which stream, of which organization.
public record StreamKey(OrganizationId organization, UUID id) {}
