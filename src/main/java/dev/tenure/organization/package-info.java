/// Hosted organizations: their users, groups, sessions, licences and credentials, and what these
/// mean to each other. A user that is deactivated has no session and no seat from the same moment.
///
/// Knows SCIM resources (RFC 7643) but not how they travel: the endpoints are in `scim`, `genesys`
/// and `oauth`, the statements in `store`. An organization never sees another one.
@NullMarked
package dev.tenure.organization;

import org.jspecify.annotations.NullMarked;
