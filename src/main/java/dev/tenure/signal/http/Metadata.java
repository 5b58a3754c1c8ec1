package dev.tenure.signal.http;

import dev.tenure.http.HttpFailure;
import dev.tenure.http.Request;
import dev.tenure.http.Response;
import dev.tenure.id.OrganizationId;
import tools.jackson.databind.node.JsonNodeFactory;

/// What a receiver must know to begin (SSF 1.0 §7.1), for the issuer `https://host/{org}`. It is
/// the same for each name that an organization can have, so it does not tell which ones there are.
final class Metadata {
  private Metadata() {}

  static Response answer(Request request) {
    var issuer = issuer(request);
    var root = issuer + "/signals/";
    var json = JsonNodeFactory.instance.objectNode();
    json.put("spec_version", "1_0").put("issuer", issuer).put("jwks_uri", root + "jwks.json");
    json.putArray("delivery_methods_supported").add(StreamJson.PUSH).add(StreamJson.POLL);
    json.put("configuration_endpoint", root + "stream").put("status_endpoint", root + "status");
    json.put("add_subject_endpoint", root + "subjects/add");
    json.put("remove_subject_endpoint", root + "subjects/remove");
    json.put("verification_endpoint", root + "verification");
    var schemes = json.putArray("authorization_schemes");
    schemes.addObject().put("spec_urn", "urn:ietf:rfc:6749");
    schemes.addObject().put("spec_urn", "urn:ietf:rfc:6750");
    return Response.json(200, json.put("default_subjects", "ALL").toString());
  }

  /// The organization that the path names, as an issuer at the host that the receiver asked.
  static String issuer(Request request) {
    try {
      return request.origin() + "/" + new OrganizationId(request.variable("org"));
    } catch (IllegalArgumentException _) {
      throw new HttpFailure(404, "nothing is here");
    }
  }
}
