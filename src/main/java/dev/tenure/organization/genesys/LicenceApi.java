package dev.tenure.organization.genesys;

import static dev.tenure.organization.Permission.SSO_VIEW;
import static dev.tenure.organization.Permission.USER_EDIT;

import dev.tenure.http.Handler;
import dev.tenure.http.Response;
import dev.tenure.http.Routes;
import dev.tenure.organization.Licences.PoolUse;
import dev.tenure.organization.Precondition;
import dev.tenure.organization.Scope;
import dev.tenure.organization.store.Ids;
import dev.tenure.scim.Resource;
import dev.tenure.scim.ScimException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Licences: `/api/v2/license`. They follow roles; `POST /api/v2/license/organization` gives one to
/// users by itself, or takes such a one back.
final class LicenceApi {
  private static final String LICENCE = "/api/v2/license";
  private static final String DEFINITIONS = LICENCE + "/definitions";
  private static final String USERS = LICENCE + "/users";
  private static final int AT_ONCE_MAX = 100;
  private final Desk desk;

  LicenceApi(Desk desk) {
    this.desk = desk;
  }

  Routes routes() {
    return new Routes()
        .add("GET", DEFINITIONS, viewing(LicenceApi::definitions))
        .add("GET", DEFINITIONS + "/{licenseId}", viewing(LicenceApi::definition))
        .add("GET", USERS, viewing(LicenceApi::users))
        .add("GET", USERS + "/{userId}", viewing(LicenceApi::user))
        .add("POST", USERS, viewing(LicenceApi::some))
        .add("POST", LICENCE + "/infer", viewing(LicenceApi::infer))
        .add(
            "POST",
            LICENCE + "/organization",
            desk.entering(USER_EDIT, Scope.AUTHORIZATION, LicenceApi::assign));
  }

  private Handler viewing(Desk.Work work) {
    return desk.entering(SSO_VIEW, Scope.AUTHORIZATION, work);
  }

  private static List<PoolUse> pools(PlatformCall call) {
    return call.organizations().licences().occupancy(call.organization().id());
  }

  private static Response definitions(PlatformCall call) {
    var all = JsonNodeFactory.instance.arrayNode();
    pools(call).forEach(pool -> all.add(definition(pool)));
    return PlatformCall.ok(all);
  }

  private static Response definition(PlatformCall call) {
    var id = call.request().variable("licenseId");
    var pool = pools(call).stream().filter(p -> p.sku().equals(id)).findFirst();
    return PlatformCall.ok(definition(pool.orElseThrow(() -> PlatformCall.missing("license", id))));
  }

  private static ObjectNode definition(PoolUse pool) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("id", pool.sku()).put("description", pool.name());
    json.putObject("permissions").putArray("ids");
    json.putArray("prerequisites");
    json.putArray("comprises");
    return json.put("selfUri", DEFINITIONS + "/" + pool.sku());
  }

  private static Response users(PlatformCall call) {
    var paging = Paging.of(call);
    var holders = call.organizations().licences().holders(call.organization().id(), paging.slice());
    var entities =
        holders.some().stream()
            .map(holder -> {
              var json = JsonNodeFactory.instance.objectNode().put("id", holder.user().toString());
              holder.skus().forEach(json.putArray("licenses")::add);
              return json;
            })
            .toList();
    return PlatformCall.ok(paging.counted(holders.total(), entities));
  }

  private static Response user(PlatformCall call) {
    return PlatformCall.ok(licences(call, UsersApi.present(call).id()));
  }

  private static ObjectNode licences(PlatformCall call, UUID user) {
    var held = call.organizations().grants().of(call.organization().id(), user).seats();
    var json = JsonNodeFactory.instance.objectNode().put("id", user.toString());
    var licences = json.putArray("licenses");
    pools(call).stream()
        .filter(pool -> held.contains(pool.sku()))
        .forEach(pool -> licences.add(definition(pool)));
    return json.put("selfUri", USERS + "/" + user);
  }

  /// Of each user of a list of ids, by id.
  private static Response some(PlatformCall call) {
    var texts = call.texts();
    if (texts.size() > AT_ONCE_MAX) throw PlatformCall.bad("more than 100 users");
    var json = JsonNodeFactory.instance.objectNode();
    for (var text : texts) {
      Ids.parse(text).ifPresent(id -> json.set(text, licences(call, id).path("licenses")));
    }
    return PlatformCall.ok(json);
  }

  /// The licence that roles come with: of several the dearest.
  private static Response infer(PlatformCall call) {
    var organization = call.organization();
    var dearest =
        call.texts().stream()
            .map(call.names()::roleOf)
            .flatMap(role ->
                Optional.ofNullable(organization.licences().get(role)).flatMap(s -> s).stream())
            .filter(organization.prices()::containsKey)
            .max(
                Comparator.comparing((String sku) -> organization.prices().get(sku))
                    .thenComparing(s -> s));
    var all = JsonNodeFactory.instance.arrayNode();
    dearest.ifPresent(all::add);
    return PlatformCall.ok(all);
  }

  private static Response assign(PlatformCall call) {
    call.caller().client().require(Scope.USERS);
    var assignments = call.object().path("assignments");
    if (!assignments.isArray()) throw PlatformCall.bad("assignments is required");
    var all = JsonNodeFactory.instance.arrayNode();
    for (var one : assignments) {
      var sku = PlatformCall.required(one, "licenseId");
      if (pools(call).stream().noneMatch(pool -> pool.sku().equals(sku))) {
        throw PlatformCall.bad("there is no license '" + sku + "'");
      }
      one.path("userIdsAdd").forEach(id -> result(call, new Wish(sku, id, true), all));
      one.path("userIdsRemove").forEach(id -> result(call, new Wish(sku, id, false), all));
    }
    return PlatformCall.ok(all);
  }

  private record Wish(String sku, JsonNode user, boolean add) {}

  /// One user's failure does not stop the others.
  private static void result(PlatformCall call, Wish wish, ArrayNode all) {
    var user = wish.user().asString("");
    var one = all.addObject().put("userId", user).put("licenseId", wish.sku());
    try {
      var id = Ids.parse(user).orElseThrow(() -> PlatformCall.missing("user", user));
      call.organizations()
          .users()
          .change(call.endpoint(), id, new Precondition.None(), u -> changed(u, wish));
      one.put("result", "SUCCESS");
    } catch (ScimException e) {
      one.put("result", e.detail());
    }
  }

  private static Resource changed(Resource user, Wish wish) {
    var json = user.json();
    var kept = JsonNodeFactory.instance.arrayNode();
    json.path("entitlements").valueStream().filter(e -> !isOf(e, wish.sku())).forEach(kept::add);
    if (wish.add()) kept.addObject().put("value", wish.sku()).put("type", "licence");
    if (kept.isEmpty()) json.remove("entitlements");
    else json.set("entitlements", kept);
    return Resource.of(json);
  }

  private static boolean isOf(JsonNode entitlement, String sku) {
    return entitlement.path("type").asString("").equalsIgnoreCase("licence")
        && entitlement.path("value").asString("").equals(sku);
  }
}
