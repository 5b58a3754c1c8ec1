/// The SCIM endpoints of organizations (RFC 7644): `/{org}/scim/v2/Users`, `Groups`, `Schemas`,
/// `ResourceTypes`, `ServiceProviderConfig`, and those of the types that an organization declares.
/// Requests are read here, answers rendered; what they mean is decided in the package above.
@NullMarked
package dev.tenure.organization.scim;

import org.jspecify.annotations.NullMarked;
