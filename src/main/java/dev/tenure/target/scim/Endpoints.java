package dev.tenure.target.scim;

import dev.tenure.scim.schema.Schema;
import java.net.URI;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Where a server has its users and groups, below its address, as its ResourceTypes say (RFC 7643
/// §6).
record Endpoints(String users, String groups) {
  /// Of a server that does not say (RFC 7644 §3.2).
  static final Endpoints USUAL = new Endpoints("/Users", "/Groups");

  /// The token goes to the server's own address only: nothing may lead out of it.
  private static final Pattern BELOW = Pattern.compile("(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+");

  /// What is missing or makes no sense is as usual.
  static Endpoints of(JsonNode resourceTypes, URI base) {
    return new Endpoints(
        endpoint(resourceTypes, Schema.USER, base, USUAL.users),
        endpoint(resourceTypes, Schema.GROUP, base, USUAL.groups));
  }

  private static String endpoint(JsonNode types, String schema, URI base, String usual) {
    return Listed.of(types)
        .filter(type -> type.path("schema").asString("").equalsIgnoreCase(schema))
        .map(type -> relative(type.path("endpoint").asString("").strip(), base))
        .filter(path -> BELOW.matcher(path).matches())
        .findFirst()
        .orElse(usual);
  }

  /// Some servers give the whole address, or leave out the slash.
  private static String relative(String endpoint, URI base) {
    var path =
        endpoint.startsWith(base + "/") ? endpoint.substring(("" + base).length()) : endpoint;
    return path.startsWith("/") ? path : "/" + path;
  }
}
