package dev.tenure.notify;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/// What a receiver is sent. `id` is the same for all receivers of an event and each time that it is
/// sent; `type` is a kind, or `test`; `content` is the object of [Words].
public record Message(String id, String type, Instant at, JsonNode content) {
  /// A text of the content; empty where it has none.
  public String text(String name) {
    return content.path(name).asString("");
  }
}
