/// The target that is an organization of Genesys Cloud: SCIM as [dev.tenure.target.scim] speaks it,
/// and platform calls (`/api/v2`) beside it for what SCIM there cannot do. Both draw on one budget
/// and one token.
///
/// As there, what became of each request is told and nothing is decided: whether to repeat it is
/// the caller's. What the vendor's documents say, and what is guessed, stands in
/// `docs/delivery.md`.
@NullMarked
package dev.tenure.target.genesys;

import org.jspecify.annotations.NullMarked;
