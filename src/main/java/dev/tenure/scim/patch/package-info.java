/// PATCH (RFC 7644 §3.5.2): operations with their paths resolved, and their effect on a resource.
/// The dialects of identity providers are understood in `scim.message`; behind it only these exist.
@NullMarked
package dev.tenure.scim.patch;

import org.jspecify.annotations.NullMarked;
