package dev.tenure.organization.scim;

import dev.tenure.http.Response;
import dev.tenure.scim.message.SearchRequest;

/// What can be done with the resources of one type (RFC 7644 §3.2 to §3.6).
abstract class ResourceEndpoint {

  /// Sends a call to the operation that its method and path name.
  final Response answer(Call call) {
    if (call.rest().isEmpty()) return ofAll(call);
    if (call.rest().equals(".search")) {
      if (!call.method().equals("POST")) return Methods.refused(call, "POST");
      return list(call, call.searchInBody());
    }
    return ofOne(call);
  }

  private Response ofAll(Call call) {
    var fixed = isFixed(call);
    return switch (call.method()) {
      case "GET" -> list(call, call.search());
      case "POST" -> fixed ? Methods.refused(call, "GET") : create(call);
      default -> Methods.refused(call, fixed ? "GET" : "GET, POST");
    };
  }

  private Response ofOne(Call call) {
    var fixed = isFixed(call);
    var allowed = fixed ? "GET, PUT, PATCH" : "GET, PUT, PATCH, DELETE";
    return switch (call.method()) {
      case "GET" -> get(call);
      case "PUT" -> replace(call);
      case "PATCH" -> patch(call);
      case "DELETE" -> fixed ? Methods.refused(call, allowed) : delete(call);
      default -> Methods.refused(call, allowed);
    };
  }

  /// Whether clients can neither make nor delete them.
  boolean isFixed(Call call) {
    return false;
  }

  abstract Response list(Call call, SearchRequest search);

  abstract Response create(Call call);

  abstract Response get(Call call);

  abstract Response replace(Call call);

  abstract Response patch(Call call);

  abstract Response delete(Call call);
}
