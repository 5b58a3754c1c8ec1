package dev.tenure.signal;

import dev.tenure.id.OrganizationId;

/// Who manages and polls streams: a client of an organization.
public record Receiver(OrganizationId organization, String client) {}
