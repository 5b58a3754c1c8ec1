package dev.tenure.target.scim;

import tools.jackson.databind.JsonNode;

/// What a server says that it can do, in its ServiceProviderConfig (RFC 7643 §5, RFC 9865 §4).
/// `cursors`: pages may be asked for by cursor. `resultsMax`: it gives at most so many resources at
/// once.
record Offer(boolean patch, boolean filter, boolean cursors, int resultsMax, Bulk bulk) {
  /// Requests that it takes as one: so many, in so many bytes; none where it has no Bulk.
  record Bulk(int operationsMax, int bytesMax) {
    static final Bulk NONE = new Bulk(0, 0);

    /// Of a server that does not say: what most take.
    private static final int BYTES_USUAL = 1 << 20;

    private static Bulk of(JsonNode bulk) {
      if (!bulk.path("supported").asBoolean(false)) return NONE;
      int bytesMax = bulk.path("maxPayloadSize").asInt(0);
      return new Bulk(bulk.path("maxOperations").asInt(0), bytesMax > 0 ? bytesMax : BYTES_USUAL);
    }
  }

  /// Of a server that says nothing: what most can.
  static final Offer UNSAID = new Offer(true, true, false, Integer.MAX_VALUE, Bulk.NONE);

  static Offer of(JsonNode config) {
    var filter = config.path("filter");
    var resultsMax = filter.path("maxResults").asInt(0);
    return new Offer(
        config.path("patch").path("supported").asBoolean(true),
        filter.path("supported").asBoolean(true),
        config.path("pagination").path("cursor").asBoolean(false),
        resultsMax > 0 ? resultsMax : Integer.MAX_VALUE,
        Bulk.of(config.path("bulk")));
  }
}
