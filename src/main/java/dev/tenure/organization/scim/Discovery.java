package dev.tenure.organization.scim;

import dev.tenure.http.Response;
import dev.tenure.organization.oauth.Answers;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.message.ListResponse;
import dev.tenure.scim.schema.ResourceType;
import dev.tenure.scim.schema.Schema;
import dev.tenure.scim.schema.SchemaDocument;
import dev.tenure.signal.EventType;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What the service can do: ServiceProviderConfig, Schemas and ResourceTypes (RFC 7644 §4). Paging
/// is ignored, a filter is refused with 403.
final class Discovery {
  private static final String CONFIG =
      "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig";

  Response answer(Call call) {
    if (!call.method().equals("GET")) return Methods.refused(call, "GET");
    if (call.request().query().first("filter").isPresent()) {
      throw new ScimException(403, null, "discovery endpoints take no filter (RFC 7644 §4)");
    }
    var base = call.endpoint().base();
    return switch (call.resource()) {
      case "schemas" -> schemas(call, base);
      case "resourcetypes" -> types(call, base);
      default -> config(call, base);
    };
  }

  private static Response schemas(Call call, String base) {
    if (call.rest().isEmpty()) {
      return list(call.schemas().all().stream().map(s -> SchemaDocument.render(s, base)).toList());
    }
    Schema schema = call.schemas().schema(call.rest()).orElseThrow(() -> missing(call));
    return one(SchemaDocument.render(schema, base));
  }

  private static Response types(Call call, String base) {
    if (call.rest().isEmpty()) {
      return list(
          call.schemas().types().stream().map(t -> SchemaDocument.render(t, base)).toList());
    }
    ResourceType type = call.schemas().type(call.rest()).orElseThrow(() -> missing(call));
    return one(SchemaDocument.render(type, base));
  }

  private static Response config(Call call, String base) {
    if (!call.rest().isEmpty()) throw missing(call);
    var json = JsonNodeFactory.instance.objectNode();
    json.putArray("schemas").add(CONFIG);
    json.putObject("patch").put("supported", true);
    var bulk = json.putObject("bulk").put("supported", false);
    bulk.put("maxOperations", 0).put("maxPayloadSize", 0);
    var most = call.endpoint().organization().profile().pages().largest();
    json.putObject("filter").put("supported", true).put("maxResults", most);
    json.putObject("changePassword").put("supported", false);
    json.putObject("sort").put("supported", false);
    json.putObject("etag").put("supported", true);
    var events = json.putObject("securityEvents").put("asyncRequest", "none").putArray("eventUris");
    EventType.offered().forEach(type -> events.add(type.uri()));
    var scheme = json.putArray("authenticationSchemes").addObject();
    scheme.put("type", "oauthbearertoken").put("name", "OAuth Bearer Token");
    scheme.put("description", "A bearer token of this organization (RFC 6750)");
    scheme.put("specUri", "https://www.rfc-editor.org/info/rfc6750").put("primary", true);
    var meta = json.putObject("meta").put("resourceType", "ServiceProviderConfig");
    meta.put("location", base + "/ServiceProviderConfig");
    return one(json);
  }

  private static Response list(List<ObjectNode> documents) {
    var body = ListResponse.render(documents.size(), 1, documents);
    return Response.of(200, Answers.SCIM, ScimJson.write(body));
  }

  private static Response one(ObjectNode document) {
    return Response.of(200, Answers.SCIM, ScimJson.write(document))
        .with("Content-Location", document.path("meta").path("location").asString(""));
  }

  private static ScimException missing(Call call) {
    return new ScimException(404, null, "there is nothing at /" + call.path());
  }
}
