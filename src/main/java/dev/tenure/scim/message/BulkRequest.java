package dev.tenure.scim.message;

import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimType;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// A Bulk request (RFC 7644 §3.7). `errorsMax`: after so many failed operations the rest is left
/// undone.
public record BulkRequest(int errorsMax, List<Operation> operations) {
  public static final String SCHEMA = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";

  public BulkRequest {
    operations = List.copyOf(operations);
  }

  /// One operation as it was sent: whether it makes sense is its own affair, and stops no other.
  /// `method` is in upper case; texts that are missing or no texts are empty.
  public record Operation(
      String method, String path, String bulkId, Optional<String> version, JsonNode data) {

    /// Whether others may refer to what it makes.
    boolean defines() {
      return method.equals("POST") && !bulkId.isEmpty();
    }

    /// Whether it makes a group, whose members must exist.
    boolean makesGroup() {
      return method.equals("POST") && path.replace("/", "").equalsIgnoreCase("Groups");
    }
  }

  /// Reads a body. 413 where it has more than `operationsMax`; 400 `invalidSyntax` where it is no
  /// object or has no operations, 400 `invalidValue` where `failOnErrors` is no number or a
  /// `bulkId` stands twice.
  public static BulkRequest read(JsonNode body, int operationsMax) {
    if (!body.isObject()) throw bad("a Bulk request is a JSON object");
    var list = member(body, "Operations");
    if (!list.isArray() || list.isEmpty()) {
      throw bad("'Operations' must be a list with at least one operation");
    }
    if (list.size() > operationsMax) {
      throw new ScimException(
          413,
          null,
          "the request has %d operations, more than maxOperations (%d)"
              .formatted(list.size(), operationsMax));
    }
    var operations = list.valueStream().map(BulkRequest::operation).toList();
    requireOnce(operations);
    return new BulkRequest(errorsMax(member(body, "failOnErrors")), operations);
  }

  private static Operation operation(JsonNode node) {
    return new Operation(
        text(node, "method").toUpperCase(java.util.Locale.ROOT),
        text(node, "path"),
        text(node, "bulkId"),
        Optional.of(text(node, "version")).filter(version -> !version.isEmpty()),
        member(node, "data"));
  }

  private static int errorsMax(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) return Integer.MAX_VALUE;
    if (node.isInt() && node.intValue() >= 0) return Math.max(1, node.intValue());
    throw ScimException.bad(ScimType.invalidValue, "'failOnErrors' must be a whole number from 0");
  }

  private static void requireOnce(List<Operation> operations) {
    var seen = new HashSet<String>();
    for (var operation : operations) {
      if (operation.defines() && !seen.add(operation.bulkId())) {
        throw ScimException.bad(
            ScimType.invalidValue,
            "the bulkId '" + Scalars.shown(operation.bulkId()) + "' stands twice");
      }
    }
  }

  private static String text(JsonNode node, String name) {
    var member = member(node, name);
    return member.isString() ? member.stringValue().strip() : "";
  }

  private static JsonNode member(JsonNode object, String name) {
    return object
        .propertyStream()
        .filter(m -> m.getKey().equalsIgnoreCase(name))
        .findFirst()
        .<JsonNode>map(m -> m.getValue())
        .orElseGet(MissingNode::getInstance);
  }

  private static ScimException bad(String detail) {
    return ScimException.bad(ScimType.invalidSyntax, detail);
  }
}
