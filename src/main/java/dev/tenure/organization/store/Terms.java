package dev.tenure.organization.store;

import dev.tenure.id.OrganizationId;

/// The organization of a statement, and those of its settings that the statement depends on.
///
/// `dearestOnly`: of the licences that come with roles only the dearest one is taken. `refuses`:
/// there are pools that give no seat beyond those that were bought.
public record Terms(OrganizationId organization, boolean dearestOnly, boolean refuses) {}
