package dev.tenure.target.scim;

import dev.tenure.scim.ScimJson;
import dev.tenure.scim.message.BulkRequest;
import dev.tenure.scim.message.PatchRequest;
import dev.tenure.target.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A Bulk request (RFC 7644 §3.7): the requests in it by their `bulkId`, and its text.
/// `failOnErrors` is left out: all are tried.
record BulkBody(SequencedMap<String, Request> requests, String text) {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String START =
      "{\"schemas\":[\"" + BulkRequest.SCHEMA + "\"],\"Operations\":[";
  private static final String END = "]}";

  /// As few as the server's limit of bytes allows, in the order of the requests. What is too long
  /// even by itself is alone.
  static List<BulkBody> of(List<Request> requests, Means means) {
    var bodies = new ArrayList<BulkBody>();
    var open = new Open(means.manners().bytesMax());
    for (int i = 0; i < requests.size(); i++) {
      var request = requests.get(i);
      var text = ScimJson.write(operation(request, "" + i, means));
      if (!open.has(text)) {
        bodies.add(open.closed());
        open = new Open(means.manners().bytesMax());
      }
      open.add("" + i, request, text);
    }
    bodies.add(open.closed());
    return bodies;
  }

  /// One that is being written.
  private static final class Open {
    private final SequencedMap<String, Request> requests = new LinkedHashMap<>();
    private final StringBuilder text = new StringBuilder(START);
    private int bytesLeft;

    Open(int bytesMax) {
      this.bytesLeft = bytesMax - START.length() - END.length();
    }

    /// Whether there is room for this; the first one always has.
    boolean has(String operation) {
      return requests.isEmpty() || bytes(operation) <= bytesLeft;
    }

    void add(String bulkId, Request request, String operation) {
      text.append(requests.isEmpty() ? "" : ",").append(operation);
      requests.put(bulkId, request);
      bytesLeft -= bytes(operation);
    }

    private static int bytes(String operation) {
      return operation.getBytes(StandardCharsets.UTF_8).length + 1;
    }

    BulkBody closed() {
      return new BulkBody(requests, text + END);
    }
  }

  private static ObjectNode operation(Request request, String bulkId, Means means) {
    return switch (request) {
      case Request.Create(var account) ->
          operation("POST", means.manners().users(), bulkId).set("data", account.view());
      case Request.Patch(var id, var operations, var ifMatch) -> {
        var operation = operation("PATCH", means.user(id), bulkId);
        ifMatch.ifPresent(version -> operation.put("version", version));
        yield operation.set("data", PatchRequest.render(operations));
      }
      case Request.Delete _, Request.Members _, Request.CreateGroup _ ->
          throw new IllegalArgumentException("goes by itself: " + request);
    };
  }

  private static ObjectNode operation(String method, String path, String bulkId) {
    return NODES.objectNode().put("method", method).put("path", path).put("bulkId", bulkId);
  }
}
