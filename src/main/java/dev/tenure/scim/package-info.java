/// The SCIM 2.0 protocol, pure: what a resource is, and how a request that failed is told (RFC
/// 7643, RFC 7644).
///
/// The sub-packages are words, free to use: `schema` (attributes and their rules), `filter` (RFC
/// 7644 §3.4.2.2), `patch` (§3.5.2) and `message` (what goes over the wire). No I/O, no clock.
@NullMarked
package dev.tenure.scim;

import org.jspecify.annotations.NullMarked;
