/// The target that is any SCIM 2.0 server (RFC 7644): read page by page, written one request at a
/// time (see [dev.tenure.remote]).
///
/// It tells what became of each request and decides nothing: whether to repeat, in which order and
/// how many at once is the caller's. Only reads are repeated here, within a bound, because a sweep
/// that starts anew for each 429 would never end.
@NullMarked
package dev.tenure.target.scim;

import org.jspecify.annotations.NullMarked;
