package dev.tenure.view;

import dev.tenure.id.OrganizationId;
import dev.tenure.organization.Clients.Handed;
import dev.tenure.organization.Clients.Shown;
import dev.tenure.organization.Dialects.Seen;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Clients of organizations as JSON, and what is handed out to them, this once.
public final class ClientJson {
  private ClientJson() {}

  /// What to paste into the identity provider, with what is secret in it; `base` is where clients
  /// reach the server.
  public static ObjectNode handed(OrganizationId organization, Handed handed, String base) {
    var json = JsonNodeFactory.instance.objectNode().put("organization", organization.value());
    json.put("scimUrl", base + "/" + organization + "/scim/v2");
    json.put("tokenUrl", base + "/" + organization + "/oauth/token");
    json.put("clientId", handed.clientId());
    handed.secret().ifPresent(secret -> json.put("clientSecret", secret.reveal()));
    handed.token().ifPresent(token -> json.put("token", token.reveal()));
    handed.expires().ifPresent(at -> json.put("expires", at.toString()));
    return json;
  }

  /// A client with its credentials, of which nothing is secret, and with how it speaks.
  public static ObjectNode whole(Shown shown) {
    var json = of(shown);
    json.set("seen", seen(shown.seen()));
    return json;
  }

  /// The same without how it speaks.
  public static ObjectNode of(Shown shown) {
    var json = JsonNodeFactory.instance.objectNode().put("clientId", shown.clientId());
    json.put("organization", shown.organization().value()).put("name", shown.name());
    json.put("role", shown.role());
    shown.scopes().forEach(json.putArray("scopes")::add);
    json.put("state", shown.revoked() ? "revoked" : "active");
    json.put("owner", shown.declared() ? "file" : "commands");
    var conditions = shown.conditions();
    conditions.ranges().forEach(json.putArray("addresses")::add);
    conditions.certificates().forEach(json.putArray("certificates")::add);
    json.put("keys", conditions.keys().isPresent());
    var credentials = json.putArray("credentials");
    for (var credential : shown.credentials()) {
      var node = credentials.addObject().put("id", credential.id()).put("kind", credential.kind());
      node.put("made", credential.made().toString());
      credential.ends().ifPresent(at -> node.put("ends", at.toString()));
      credential.lastUsed().ifPresent(at -> node.put("lastUsed", at.toString()));
    }
    return json;
  }

  /// How it speaks SCIM.
  public static ArrayNode seen(List<Seen> all) {
    var json = JsonNodeFactory.instance.arrayNode();
    for (var seen : all) {
      var node = json.addObject().put("credential", seen.credential());
      node.put("dialect", seen.dialect().word()).put("title", seen.dialect().title());
      node.put("agent", seen.agent()).put("requests", seen.requests());
      node.put("first", seen.first().toString()).put("last", seen.last().toString());
      var habits = node.putArray("oddities");
      for (var habit : seen.habits()) {
        var odd = habits.addObject().put("oddity", habit.oddity().word());
        odd.put("meaning", habit.oddity().meaning()).put("requests", habit.requests());
        odd.put("first", habit.first().toString()).put("last", habit.last().toString());
      }
    }
    return json;
  }
}
