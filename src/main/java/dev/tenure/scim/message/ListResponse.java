package dev.tenure.scim.message;

import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Answers with several resources (RFC 7644 §3.4.2).
public final class ListResponse {
  public static final String SCHEMA = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

  private ListResponse() {}

  /// `totalResults` counts all matches, `startIndex` is 1-based.
  public static ObjectNode render(
      long totalResults, int startIndex, List<? extends ObjectNode> resources) {
    var message = JsonNodeFactory.instance.objectNode();
    message.putArray("schemas").add(SCHEMA);
    message.put("totalResults", totalResults).put("startIndex", startIndex);
    message.put("itemsPerPage", resources.size());
    message.putArray("Resources").addAll(resources);
    return message;
  }

  /// The same from documents that are JSON text already: they are joined, not parsed.
  public static String text(long totalResults, int startIndex, List<String> documents) {
    return "{\"schemas\":[\"%s\"],\"totalResults\":".formatted(SCHEMA)
        + totalResults
        + ",\"startIndex\":"
        + startIndex
        + ",\"itemsPerPage\":"
        + documents.size()
        + ",\"Resources\":["
        + String.join(",", documents)
        + "]}";
  }
}
