package dev.tenure.cli.administration;

import dev.tenure.cli.Faces;
import dev.tenure.cli.Faces.Column;
import dev.tenure.cli.administration.Task.Answer;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.Clients.Credential;
import dev.tenure.organization.Clients.Handed;
import dev.tenure.organization.Clients.Shown;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Clients as they are shown, and what is handed out to them.
final class ClientView {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ClientView() {}

  /// What to paste into the identity provider.
  static Answer handed(OrganizationId organization, Handed handed, URI base) {
    var json = NODES.objectNode().put("organization", organization.value());
    json.put("scimUrl", base + "/" + organization + "/scim/v2");
    json.put("tokenUrl", base + "/" + organization + "/oauth/token");
    json.put("clientId", handed.clientId());
    handed.secret().ifPresent(secret -> json.put("clientSecret", secret.reveal()));
    handed.token().ifPresent(token -> json.put("token", token.reveal()));
    handed.expires().ifPresent(at -> json.put("expires", at.toString()));
    var text =
        json.properties().stream()
            .map(p -> "%-15s%s".formatted(p.getKey(), p.getValue().asString("")))
            .collect(Collectors.joining("\n"));
    boolean secret = handed.secret().isPresent() || handed.token().isPresent();
    return new Answer(
        secret ? text + "\n\nKeep the secret now: it is not shown again." : text, json);
  }

  static Answer list(List<Shown> clients) {
    var table =
        Faces.table(
            clients,
            List.of(
                new Column<>("client", Shown::clientId),
                new Column<>("role", c -> c.role()),
                new Column<>("scopes", c -> String.join(", ", c.scopes())),
                new Column<>("state", c -> c.revoked() ? "revoked" : "active"),
                new Column<>("credentials", c -> c.credentials().size()),
                new Column<>("last used", ClientView::lastUsed),
                new Column<>("owner", c -> c.declared() ? "file" : "commands")));
    var json = NODES.arrayNode();
    clients.forEach(client -> json.add(json(client)));
    return new Answer(table, json);
  }

  private static String lastUsed(Shown shown) {
    return shown.credentials().stream()
        .flatMap(c -> c.lastUsed().stream())
        .max(Instant::compareTo)
        .map(Instant::toString)
        .orElse("");
  }

  static Answer of(Shown shown) {
    var facts =
        json(shown).properties().stream()
            .filter(p -> !p.getKey().equals("credentials"))
            .map(p ->
                "%-15s%s%n"
                    .formatted(
                        p.getKey(),
                        p.getValue().isArray()
                            ? p.getValue()
                                .valueStream()
                                .map(v -> v.asString(""))
                                .collect(Collectors.joining(", "))
                            : p.getValue().asString("")))
            .collect(Collectors.joining());
    var credentials =
        Faces.table(
            shown.credentials(),
            List.of(
                new Column<>("credential", Credential::id),
                new Column<>("kind", Credential::kind),
                new Column<>("made", Credential::made),
                new Column<>("ends", c -> text(c.ends())),
                new Column<>("last used", c -> text(c.lastUsed()))));
    var text = facts + "\n" + credentials + "\n" + DialectView.text(shown.seen());
    var json = json(shown);
    json.set("seen", DialectView.json(shown.seen()));
    return new Answer(text, json);
  }

  private static ObjectNode json(Shown shown) {
    var json = NODES.objectNode().put("clientId", shown.clientId());
    json.put("organization", shown.organization().value()).put("name", shown.name());
    json.put("role", shown.role());
    shown.scopes().forEach(json.putArray("scopes")::add);
    json.put("state", shown.revoked() ? "revoked" : "active");
    json.put("owner", shown.declared() ? "file" : "commands");
    var conditions = shown.conditions();
    var addresses = json.putArray("addresses");
    conditions.addresses().forEach(range -> addresses.add(range.toString()));
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

  private static String text(Optional<Instant> at) {
    return at.map(Instant::toString).orElse("");
  }
}
