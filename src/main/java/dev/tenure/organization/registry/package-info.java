/// The schemas and resource types that an organization declares itself (RFC 7643 §6, §7): how they
/// are written in `tenure.yaml`, how they are stored, and the [dev.tenure.scim.schema.Schemas] that
/// they make together with the standard ones.
@NullMarked
package dev.tenure.organization.registry;

import org.jspecify.annotations.NullMarked;
