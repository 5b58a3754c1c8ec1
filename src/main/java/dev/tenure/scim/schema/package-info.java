/// Schemas, resource types and attributes with their rules (RFC 7643 §2, §6, §7). The registry is
/// what requests are validated against and what `/Schemas` and `/ResourceTypes` show.
@NullMarked
package dev.tenure.scim.schema;

import org.jspecify.annotations.NullMarked;
