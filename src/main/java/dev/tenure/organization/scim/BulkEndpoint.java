package dev.tenure.organization.scim;

import dev.tenure.http.Response;
import dev.tenure.organization.Limits;
import dev.tenure.organization.oauth.Answers;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.message.BulkRequest;
import java.util.function.Function;

/// `/Bulk` (RFC 7644 §3.7): many operations in one request. Each is done as if it had come alone,
/// with the rights of the client, and stands or falls by itself.
final class BulkEndpoint {
  private final Limits limits;
  private final Function<Call, Response> service;

  /// `service` answers the operations.
  BulkEndpoint(Limits limits, Function<Call, Response> service) {
    this.limits = limits;
    this.service = service;
  }

  Response answer(Call call) {
    if (!isOffered(call, limits)) throw new ScimException(501, null, "there is no Bulk here");
    if (!call.rest().isEmpty()) throw Call.nowhere(call);
    if (!call.method().equals("POST")) return Methods.refused(call, "POST");
    var size = call.request().body().length;
    if (size > limits.bulkBytesMax()) {
      throw new ScimException(
          413,
          null,
          "the request has %d bytes, more than maxPayloadSize (%d)"
              .formatted(size, limits.bulkBytesMax()));
    }
    var request = BulkRequest.read(call.body(), limits.bulkOperations());
    var done = new BulkRun(call, request, service).done();
    return Response.of(200, Answers.SCIM, ScimJson.write(done));
  }

  /// Whether the organization has it.
  static boolean isOffered(Call call, Limits limits) {
    return limits.bulkOperations() > 0 && call.endpoint().organization().profile().isWhole();
  }
}
