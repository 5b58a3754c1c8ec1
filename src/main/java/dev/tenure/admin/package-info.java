/// The admin API: what programs that look after Tenure see and do, as JSON under `/admin/v1`.
///
/// It shows what the commands print with `--output json`, by the same renderers of `view`. Failures
/// are problem details (RFC 9457) with the product's codes; tokens are those of RFC 6750. The
/// document `openapi.json` describes every operation, and a test holds the two together.
@NullMarked
package dev.tenure.admin;

import org.jspecify.annotations.NullMarked;
