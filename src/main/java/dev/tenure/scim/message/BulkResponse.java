package dev.tenure.scim.message;

import dev.tenure.scim.ScimException;
import java.util.Collection;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The answer to a Bulk request (RFC 7644 §3.7.3).
public final class BulkResponse {
  public static final String SCHEMA = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";
  private static final int ERRORS = 400;

  private BulkResponse() {}

  /// What became of an operation. `location` is absent where a creation failed; `response` is the
  /// error of one that failed: what succeeded can be read at its location.
  public record Result(
      String method,
      String bulkId,
      int status,
      Optional<String> version,
      Optional<String> location,
      Optional<JsonNode> response) {

    /// One that was answered with this status.
    public static Result of(
        BulkRequest.Operation operation,
        int status,
        Optional<String> version,
        Optional<String> location) {
      return new Result(
          operation.method(), operation.bulkId(), status, version, location, Optional.empty());
    }

    /// One that failed.
    public static Result failed(
        BulkRequest.Operation operation, Optional<String> location, ScimException failure) {
      return of(operation, failure.status(), Optional.empty(), location)
          .told(ErrorMessage.render(failure));
    }

    public boolean isFailure() {
      return status >= ERRORS;
    }

    public Result at(String newLocation) {
      return new Result(method, bulkId, status, version, Optional.of(newLocation), response);
    }

    public Result with(int newStatus) {
      return new Result(method, bulkId, newStatus, version, location, response);
    }

    public Result of(String newMethod) {
      return new Result(newMethod, bulkId, status, version, location, response);
    }

    public Result told(JsonNode error) {
      return new Result(method, bulkId, status, version, location, Optional.of(error));
    }

    private ObjectNode render() {
      var node = JsonNodeFactory.instance.objectNode();
      if (!method.isEmpty()) node.put("method", method);
      if (!bulkId.isEmpty()) node.put("bulkId", bulkId);
      version.ifPresent(v -> node.put("version", v));
      location.ifPresent(at -> node.put("location", at));
      node.put("status", Integer.toString(status));
      response.ifPresent(error -> node.set("response", error));
      return node;
    }
  }

  /// `status` is a string (RFC 7644 §3.7, and its examples).
  public static ObjectNode render(Collection<Result> results) {
    var message = JsonNodeFactory.instance.objectNode();
    message.putArray("schemas").add(SCHEMA);
    var list = message.putArray("Operations");
    results.forEach(result -> list.add(result.render()));
    return message;
  }
}
