/// What goes over the wire: list, error and PATCH messages (RFC 7644 §3.4.2, §3.5.2, §3.12),
/// projection by `attributes` and `excludedAttributes`, and the reading of resources that clients
/// send. The dialects of identity providers end here.
@NullMarked
package dev.tenure.scim.message;

import org.jspecify.annotations.NullMarked;
