package dev.tenure.cli.administration;

import dev.tenure.cli.Faces;
import dev.tenure.cli.Faces.Column;
import dev.tenure.cli.administration.Task.Answer;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.Clients.Credential;
import dev.tenure.organization.Clients.Handed;
import dev.tenure.organization.Clients.Shown;
import dev.tenure.view.ClientJson;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;

/// Clients as they are shown, and what is handed out to them.
final class ClientView {
  private ClientView() {}

  /// What to paste into the identity provider.
  static Answer handed(OrganizationId organization, Handed handed, URI base) {
    var json = ClientJson.handed(organization, handed, base.toString());
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
    var json = JsonNodeFactory.instance.arrayNode();
    clients.forEach(client -> json.add(ClientJson.of(client)));
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
        ClientJson.of(shown).properties().stream()
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
    return new Answer(text, ClientJson.whole(shown));
  }

  private static String text(Optional<Instant> at) {
    return at.map(Instant::toString).orElse("");
  }
}
