/// How much may be sent to a target: one budget for all flows and nodes, learned from what the
/// target tells (`RateLimit`, `inin-ratelimit-*`, `X-RateLimit-*`, `Retry-After`) or from its
/// refusals, or configured. Leavers may overdraw it; reads go last. A target that fails as a whole
/// is left alone but for one probe at a time.
///
/// Does not know what is sent.
@NullMarked
package dev.tenure.deliver.budget;

import org.jspecify.annotations.NullMarked;
