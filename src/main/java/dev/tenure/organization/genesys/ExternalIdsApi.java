package dev.tenure.organization.genesys;

import static dev.tenure.organization.Permission.SSO_VIEW;
import static dev.tenure.organization.Permission.USER_EDIT;

import dev.tenure.http.Response;
import dev.tenure.http.Routes;
import dev.tenure.organization.Directory;
import dev.tenure.organization.Listing;
import dev.tenure.organization.Precondition;
import dev.tenure.organization.Scope;
import dev.tenure.organization.oauth.Answers;
import dev.tenure.organization.store.Slice;
import dev.tenure.scim.Reading;
import dev.tenure.scim.Resource;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.filter.FilterParser;
import dev.tenure.scim.message.SortOrder;
import dev.tenure.scim.schema.Schema;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// The ids of users in other systems: `/api/v2/users/{id}/externalid`, and the user of one,
/// `/api/v2/users/externalid/{authority}/{key}`. Letter case counts.
final class ExternalIdsApi {
  private static final String OWN = "/api/v2/users/{userId}/externalid";
  private static final String ONE = "/api/v2/users/externalid/{authority}/{key}";
  private static final int IDS_MAX = 100;
  private final Desk desk;

  ExternalIdsApi(Desk desk) {
    this.desk = desk;
  }

  Routes routes() {
    return new Routes()
        .add("GET", ONE, desk.entering(SSO_VIEW, Scope.USERS, ExternalIdsApi::find))
        .add("GET", OWN, desk.entering(SSO_VIEW, Scope.USERS, ExternalIdsApi::list))
        .add("POST", OWN, desk.entering(USER_EDIT, Scope.USERS, ExternalIdsApi::add));
  }

  private static Response find(PlatformCall call) {
    var authority = call.request().variable("authority");
    var key = call.request().variable("key");
    var filter =
        FilterParser.parse(
            "%s:externalIds[authority eq %s and value eq %s]"
                .formatted(Schema.GENESYS_USER, literal(authority), literal(key)),
            call.organization().schemas().user(),
            Reading.STRICT);
    var listing = new Listing(SortOrder.BY_ID, new Slice.At(0, 1));
    var page = call.organizations().users().search(call.endpoint(), Optional.of(filter), listing);
    var found = page.resources().stream().findFirst();
    var id = found.orElseThrow(() -> PlatformCall.missing("external id", key)).id();
    var entry = call.organizations().directory().get(call.organization(), id, Directory.STATES);
    var json = new UserJson(call.names(), call.list("expand"));
    return PlatformCall.ok(
        json.render(entry.orElseThrow(() -> PlatformCall.missing("external id", key))));
  }

  private static String literal(String text) {
    return ScimJson.write(StringNode.valueOf(text));
  }

  private static Response list(PlatformCall call) {
    return PlatformCall.ok(shown(call));
  }

  private static ArrayNode shown(PlatformCall call) {
    var document = ScimJson.read(UsersApi.present(call).document());
    var all = JsonNodeFactory.instance.arrayNode();
    for (var id : document.path(Schema.GENESYS_USER).path("externalIds")) {
      all.addObject()
          .put("authorityName", id.path("authority").asString(""))
          .put("externalKey", id.path("value").asString(""));
    }
    return all;
  }

  private static Response add(PlatformCall call) {
    var body = call.object();
    var authority = PlatformCall.required(body, "authorityName");
    var key = PlatformCall.required(body, "externalKey");
    call.organizations()
        .users()
        .change(
            call.endpoint(),
            UsersApi.present(call).id(),
            new Precondition.None(),
            user -> added(user, authority, key));
    return Answers.json(201, shown(call));
  }

  private static Resource added(Resource user, String authority, String key) {
    var json = user.json();
    var extension =
        json.get(Schema.GENESYS_USER) instanceof ObjectNode known
            ? known
            : json.putObject(Schema.GENESYS_USER);
    var ids =
        extension.get("externalIds") instanceof ArrayNode known
            ? known
            : extension.putArray("externalIds");
    if (ids.valueStream().anyMatch(id -> is(id, authority, key))) return user;
    if (ids.size() >= IDS_MAX) throw PlatformCall.bad("a user has at most 100 external ids");
    ids.addObject().put("authority", authority).put("value", key);
    return Resource.of(json);
  }

  private static boolean is(JsonNode id, String authority, String key) {
    return id.path("authority").asString("").equals(authority)
        && id.path("value").asString("").equals(key);
  }
}
