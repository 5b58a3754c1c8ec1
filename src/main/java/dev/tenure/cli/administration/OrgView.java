package dev.tenure.cli.administration;

import dev.tenure.cli.Faces;
import dev.tenure.cli.Faces.Column;
import dev.tenure.cli.administration.Task.Answer;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.Administration.Overview;
import dev.tenure.organization.Carrier;
import dev.tenure.organization.DeletedUser;
import dev.tenure.organization.Grants.Held;
import dev.tenure.organization.Grants.Role;
import dev.tenure.organization.Licences.PoolUse;
import dev.tenure.organization.RoleGrant;
import dev.tenure.view.OrganizationJson;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;

/// Organizations as they are shown.
final class OrgView {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private OrgView() {}

  /// That something was done.
  static Answer changed(OrganizationId id, String what) {
    var json = NODES.objectNode().put("organization", id.value()).put("done", what);
    return new Answer("organization " + id + ": " + what, json);
  }

  static Answer list(List<Overview> all) {
    var table =
        Faces.table(
            all,
            List.of(
                new Column<>("organization", Overview::id),
                new Column<>("profile", o -> OrganizationJson.word(o.settings().profile())),
                new Column<>("scim", o -> o.settings().enabled() ? "open" : "closed"),
                new Column<>("owner", o -> o.declared() ? "file" : "commands")));
    var json = NODES.arrayNode();
    all.forEach(o -> json.add(OrganizationJson.settings(o)));
    return new Answer(table, json);
  }

  static Answer of(Overview shown, URI base) {
    var address = base + "/" + shown.id() + "/scim/v2";
    return new Answer(text(shown, address), OrganizationJson.of(shown, base.toString()));
  }

  private static String text(Overview shown, String address) {
    var facts = new StringBuilder();
    OrganizationJson.settings(shown)
        .properties()
        .forEach(fact -> {
          var value = fact.getValue();
          var text =
              value.isArray()
                  ? value.valueStream().map(v -> v.asString("")).collect(Collectors.joining(", "))
                  : value.asString("");
          facts.append("%-15s%s%n".formatted(fact.getKey(), text));
        });
    facts.append("%-15s%s%n".formatted("scimUrl", address));
    facts.append("%-15s%s%n".formatted("divisions", String.join(", ", shown.divisions())));
    facts.append('\n').append(roles(shown.roles()));
    facts.append('\n').append(pools(shown.pools()));
    return facts.append('\n').append(groups(shown.groups())).toString();
  }

  private static String roles(Map<String, java.util.Optional<String>> roles) {
    return Faces.table(
        List.copyOf(new TreeMap<>(roles).entrySet()),
        List.of(
            new Column<>("role", e -> e.getKey()),
            new Column<>("licence", e -> e.getValue().orElse(""))));
  }

  private static String pools(List<PoolUse> pools) {
    return Faces.table(
        pools,
        List.of(
            new Column<>("licence", PoolUse::sku),
            new Column<>("seats", PoolUse::seats),
            new Column<>("used", PoolUse::used),
            new Column<>("price", p -> p.price() + " " + p.currency()),
            new Column<>("when full", p -> OrganizationJson.word(p.whenFull()))));
  }

  private static String groups(List<Carrier> groups) {
    return Faces.table(
        groups,
        List.of(
            new Column<>("group", Carrier::name),
            new Column<>("roles", g -> roles(g.carried().roles())),
            new Column<>("licences", g -> String.join(", ", g.carried().licences())),
            new Column<>("division", g -> g.carried().division().orElse(""))));
  }

  private static String roles(List<RoleGrant> grants) {
    return grants.stream()
        .map(g -> g.division().isEmpty() ? g.role() : g.role() + "@" + g.division())
        .collect(Collectors.joining(", "));
  }

  static Answer of(UUID user, String userName, Held held) {
    var table =
        Faces.table(
            held.roles(),
            List.of(
                new Column<>("role", Role::name),
                new Column<>("division", Role::division),
                new Column<>("by group", r -> r.via().map(UUID::toString).orElse(""))));
    var seats = held.seats().isEmpty() ? "none" : String.join(", ", held.seats());
    return new Answer(table + "seats: " + seats, OrganizationJson.of(user, userName, held));
  }

  static Answer deleted(List<DeletedUser> users) {
    var table =
        Faces.table(
            users,
            List.of(
                new Column<>("id", DeletedUser::id),
                new Column<>("userName", DeletedUser::userName),
                new Column<>("externalId", u -> u.externalId().orElse("")),
                new Column<>("deleted", DeletedUser::deletedAt)));
    return new Answer(table, OrganizationJson.deleted(users));
  }
}
