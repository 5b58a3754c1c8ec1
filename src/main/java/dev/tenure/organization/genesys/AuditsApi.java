package dev.tenure.organization.genesys;

import dev.tenure.http.Handler;
import dev.tenure.http.Response;
import dev.tenure.http.Routes;
import dev.tenure.organization.Permission;
import dev.tenure.organization.Scope;
import dev.tenure.organization.oauth.Answers;
import dev.tenure.organization.store.Slice;
import dev.tenure.scim.ScimJson;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The organization's own audit log: `POST /api/v2/audits/query` puts a query, which is answered at
/// once here, `…/{id}` says so, `…/{id}/results` gives the entries, up to 500 with a cursor for
/// those that follow. `…/query/realtime` gives them without ado, but no older than 14 days.
final class AuditsApi {
  private static final String QUERY = "/api/v2/audits/query";
  private static final Duration REALTIME = Duration.ofDays(14);
  private static final int OFFSET_DIGITS_MAX = 8;
  private final Desk desk;

  AuditsApi(Desk desk) {
    this.desk = desk;
  }

  Routes routes() {
    return new Routes()
        .add("POST", QUERY, viewing(AuditsApi::ask))
        .add("POST", QUERY + "/realtime", viewing(AuditsApi::realtime))
        .add("GET", QUERY + "/servicemapping", viewing(_ -> services()))
        .add("GET", QUERY + "/realtime/servicemapping", viewing(_ -> services()))
        .add("GET", QUERY + "/{id}", viewing(AuditsApi::status))
        .add("GET", QUERY + "/{id}/results", viewing(AuditsApi::results));
  }

  /// The log tells of users, groups and grants: who reads it must be allowed to see all of them.
  private Handler viewing(Desk.Work work) {
    return desk.entering(
        Permission.SSO_VIEW,
        Scope.USERS,
        call -> {
          call.caller().client().require(Scope.GROUPS);
          call.caller().client().require(Scope.AUTHORIZATION);
          return work.answer(call);
        });
  }

  private static Response services() {
    var json = JsonNodeFactory.instance.objectNode();
    var services = json.putArray("services");
    for (var name : Deed.services()) {
      var entities = services.addObject().put("name", name).putArray("entities");
      Deed.of(name).stream()
          .map(Deed::entityType)
          .distinct()
          .forEach(type -> {
            var actions = entities.addObject().put("name", type).putArray("actions");
            Deed.of(name).stream()
                .filter(deed -> deed.entityType().equals(type))
                .forEach(deed -> actions.add(deed.title()));
          });
    }
    return PlatformCall.ok(json);
  }

  private static Response ask(PlatformCall call) {
    var body = call.object();
    var now = call.organizations().clock().instant();
    query(call, body).wanted(now);
    var kept = body.put("startDate", now.toString());
    var text = ScimJson.write(kept);
    var organization = call.organization().id();
    var client = call.caller().client().name();
    var id = call.organizations().history().ask(organization, client, text);
    return Answers.json(202, status(id, kept));
  }

  private static AuditQuery query(PlatformCall call, ObjectNode body) {
    return new AuditQuery(body, call.organization().id().value());
  }

  private static ObjectNode status(UUID id, ObjectNode asked) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("id", id.toString()).put("state", "Succeeded");
    for (var name : new String[] {"startDate", "interval", "serviceName", "filters", "sort"}) {
      if (asked.has(name)) json.set(name, asked.get(name));
    }
    return json;
  }

  private static ObjectNode asked(PlatformCall call, UUID id) {
    var client = call.caller().client().name();
    return call.organizations()
        .history()
        .asked(call.organization().id(), id, client)
        .map(text -> (ObjectNode) ScimJson.read(text))
        .orElseThrow(() -> PlatformCall.missing("query", id.toString()));
  }

  private static Response status(PlatformCall call) {
    var id = call.id("id");
    return PlatformCall.ok(status(id, asked(call, id)));
  }

  private static Response results(PlatformCall call) {
    var id = call.id("id");
    var body = asked(call, id);
    var query = query(call, body);
    var size = Paging.of(call).size();
    var offset = offset(call.query("cursor").orElse("0"));
    var wanted = query.wanted(Instant.parse(body.path("startDate").asString("")));
    var history = call.organizations().history();
    var organization = call.organization().id();
    var found = history.read(organization, wanted, new Slice.At(offset, size + 1));
    var json = JsonNodeFactory.instance.objectNode();
    json.put("id", id.toString()).put("pageSize", size);
    if (found.size() > size) json.put("cursor", Integer.toString(offset + size));
    var entities = json.putArray("entities");
    found.stream().limit(size).map(query::render).forEach(entities::add);
    return PlatformCall.ok(json);
  }

  private static int offset(String cursor) {
    if (cursor.matches("[0-9]{1," + OFFSET_DIGITS_MAX + "}")) return Integer.parseInt(cursor);
    throw PlatformCall.bad("the cursor is none that was given out");
  }

  private static Response realtime(PlatformCall call) {
    var body = call.object();
    var paging = Paging.of(body);
    var query = query(call, body);
    var now = call.organizations().clock().instant();
    var wanted = query.wanted(now);
    if (wanted.since().isBefore(now.minus(REALTIME))) {
      throw PlatformCall.bad("realtime goes back 14 days: use /api/v2/audits/query");
    }
    var history = call.organizations().history();
    var organization = call.organization().id();
    var total = history.count(organization, wanted);
    var found = history.read(organization, wanted, paging.slice());
    return PlatformCall.ok(paging.counted(total, found.stream().map(query::render).toList()));
  }
}
