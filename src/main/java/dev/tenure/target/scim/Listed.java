package dev.tenure.target.scim;

import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// The documents of a discovery endpoint: a list response (RFC 7644 §4), or as some servers have
/// it, a bare array or one document alone.
final class Listed {
  private Listed() {}

  static Stream<JsonNode> of(JsonNode answer) {
    var documents = answer.isArray() ? answer : answer.path("Resources");
    if (documents.isArray()) return documents.valueStream().filter(JsonNode::isObject);
    return answer.isObject() ? Stream.of(answer) : Stream.empty();
  }

  /// Whether there is more than what came: these lists have no pages.
  static boolean isCut(JsonNode answer) {
    return answer.path("totalResults").longValue(0) > answer.path("Resources").size();
  }
}
