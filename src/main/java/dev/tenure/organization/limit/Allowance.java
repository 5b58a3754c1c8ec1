package dev.tenure.organization.limit;

import java.util.List;
import java.util.Map;

/// What a budget says to one request. `left` requests may follow at once; the budget is as full as
/// it can be in `resetSeconds`; who was refused may come again after `retrySeconds`, at least 1.
public record Allowance(
    boolean granted, RateLimit limit, long left, int resetSeconds, int retrySeconds) {

  /// The header fields that tell the client: those of draft-ietf-httpapi-ratelimit-headers, those
  /// of Genesys Cloud, and for who was refused `Retry-After` (RFC 9110 §10.2.3).
  public List<Map.Entry<String, String>> fields() {
    var policy = "\"client\";q=" + limit.burst() + ";w=" + limit.windowSeconds();
    var state = "\"client\";r=" + left + ";t=" + resetSeconds;
    var used = Long.toString(Math.max(0, limit.burst() - left));
    var allowed = Integer.toString(limit.burst());
    var reset = Integer.toString(resetSeconds);
    return granted
        ? List.of(
            Map.entry("RateLimit-Policy", policy),
            Map.entry("RateLimit", state),
            Map.entry("inin-ratelimit-count", used),
            Map.entry("inin-ratelimit-allowed", allowed),
            Map.entry("inin-ratelimit-reset", reset))
        : List.of(
            Map.entry("Retry-After", Integer.toString(retrySeconds)),
            Map.entry("RateLimit-Policy", policy),
            Map.entry("RateLimit", state),
            Map.entry("inin-ratelimit-count", used),
            Map.entry("inin-ratelimit-allowed", allowed),
            Map.entry("inin-ratelimit-reset", reset));
  }
}
