/// The paths and platform calls of Genesys Cloud: `/api/v2/scim/v2/…`, `/api/v2/scim/…` and
/// `/api/v2/tokens/{userId}`. The token tells the organization. What a `genesys` organization does
/// differently is in [dev.tenure.organization.Profile], not here.
@NullMarked
package dev.tenure.organization.genesys;

import org.jspecify.annotations.NullMarked;
