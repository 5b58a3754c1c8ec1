package dev.tenure.organization.scim;

import dev.tenure.http.Response;
import dev.tenure.organization.Limits;
import dev.tenure.organization.Organizations;
import dev.tenure.organization.oauth.Answers;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.message.ListResponse;
import dev.tenure.scim.message.SearchRequest;
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
  private final Organizations organizations;
  private final Limits limits;

  Discovery(Organizations organizations) {
    this.organizations = organizations;
    this.limits = organizations.limits();
  }

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
    Schema schema = call.schemas().schema(call.rest()).orElseThrow(() -> Call.nowhere(call));
    return one(SchemaDocument.render(schema, base));
  }

  private static Response types(Call call, String base) {
    if (call.rest().isEmpty()) {
      return list(
          call.schemas().types().stream().map(t -> SchemaDocument.render(t, base)).toList());
    }
    ResourceType type = call.schemas().type(call.rest()).orElseThrow(() -> Call.nowhere(call));
    return one(SchemaDocument.render(type, base));
  }

  private Response config(Call call, String base) {
    if (!call.rest().isEmpty()) throw Call.nowhere(call);
    var json = JsonNodeFactory.instance.objectNode();
    json.putArray("schemas").add(CONFIG);
    json.putObject("patch").put("supported", true);
    var bulk = BulkEndpoint.isOffered(call, limits);
    json.putObject("bulk")
        .put("supported", bulk)
        .put("maxOperations", bulk ? limits.bulkOperations() : 0)
        .put("maxPayloadSize", bulk ? limits.bulkBytesMax() : 0);
    var profile = call.endpoint().organization().profile();
    var most = profile.pages().largest();
    json.putObject("filter").put("supported", true).put("maxResults", most);
    json.putObject("changePassword").put("supported", profile.isGenesys());
    json.putObject("sort").put("supported", profile.isWhole());
    json.putObject("etag").put("supported", true);
    if (organizations.isListenedTo(call.endpoint().organization().id())) events(json);
    if (profile.isWhole()) pagination(json, profile.pages());
    var scheme = json.putArray("authenticationSchemes").addObject();
    scheme.put("type", "oauthbearertoken").put("name", "OAuth Bearer Token");
    scheme.put("description", "A bearer token of this organization (RFC 6750)");
    scheme.put("specUri", "https://www.rfc-editor.org/info/rfc6750").put("primary", true);
    var meta = json.putObject("meta").put("resourceType", "ServiceProviderConfig");
    meta.put("location", base + "/ServiceProviderConfig");
    return one(json);
  }

  /// RFC 9967. Clients in the field refuse a document with a member that they do not know: only an
  /// organization with a stream has this one.
  private static void events(ObjectNode json) {
    var events = json.putObject("securityEvents").put("asyncRequest", "none").putArray("eventUris");
    EventType.offered().forEach(type -> events.add(type.uri()));
  }

  /// RFC 9865 §4. Who did not ask for cursors gets pages by number, as ever.
  private void pagination(ObjectNode json, SearchRequest.PageSize pages) {
    json.putObject("pagination")
        .put("cursor", true)
        .put("index", true)
        .put("defaultPaginationMethod", "index")
        .put("defaultPageSize", pages.usual())
        .put("maxPageSize", pages.largest())
        .put("cursorTimeout", limits.cursorLife().toSeconds());
  }

  private static Response list(List<ObjectNode> documents) {
    var body = ListResponse.render(documents.size(), 1, documents);
    return Response.of(200, Answers.SCIM, ScimJson.write(body));
  }

  private static Response one(ObjectNode document) {
    var location = document.path("meta").path("location").asString("");
    return Response.of(200, Answers.SCIM, ScimJson.write(document))
        .with("Location", location)
        .with("Content-Location", location);
  }
}
