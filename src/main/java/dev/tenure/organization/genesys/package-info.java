/// The paths of Genesys Cloud: SCIM at `/api/v2/scim/v2/…` and `/api/v2/scim/…`, and the platform
/// calls that a provisioning client needs (`docs/genesys.md` lists them). The token tells the
/// organization. Here are routes, and how the platform writes things; what a `genesys` organization
/// does differently is in [dev.tenure.organization.Profile] and [dev.tenure.organization.Quirk].
@NullMarked
package dev.tenure.organization.genesys;

import org.jspecify.annotations.NullMarked;
