/// Filters (RFC 7644 §3.4.2.2): parsed into a tree whose attributes are resolved against the
/// schema, and evaluated in memory. Translation to SQL is the store's.
@NullMarked
package dev.tenure.scim.filter;

import org.jspecify.annotations.NullMarked;
