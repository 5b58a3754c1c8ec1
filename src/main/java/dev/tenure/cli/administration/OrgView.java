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
import dev.tenure.organization.Lifecycle.Uniqueness;
import dev.tenure.organization.Quirk;
import dev.tenure.organization.RoleGrant;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

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
                new Column<>("profile", o -> word(o.settings().profile())),
                new Column<>("scim", o -> o.settings().enabled() ? "open" : "closed"),
                new Column<>("owner", o -> o.declared() ? "file" : "commands")));
    var json = NODES.arrayNode();
    all.forEach(o -> json.add(settings(o)));
    return new Answer(table, json);
  }

  static Answer of(Overview shown, URI base) {
    var address = base + "/" + shown.id() + "/scim/v2";
    var json = settings(shown).put("scimUrl", address);
    shown.divisions().forEach(json.putArray("divisions")::add);
    var roles = json.putArray("roles");
    new TreeMap<>(shown.roles())
        .forEach((name, sku) -> {
          var node = roles.addObject().put("name", name);
          sku.ifPresent(s -> node.put("licence", s));
        });
    shown.pools().forEach(pool -> put(json.withArray("licences").addObject(), pool));
    shown.groups().forEach(group -> put(json.withArray("groups").addObject(), group));
    return new Answer(text(shown, address), json);
  }

  private static ObjectNode settings(Overview shown) {
    var settings = shown.settings();
    var lifecycle = settings.lifecycle();
    var json = NODES.objectNode().put("organization", shown.id().value());
    json.put("profile", word(settings.profile())).put("enabled", settings.enabled());
    json.put("owner", shown.declared() ? "file" : "commands");
    json.put("reading", word(settings.reading()));
    json.put("deactivation", word(settings.deactivation()));
    json.put("deletion", word(lifecycle.deletion()));
    json.put("retentionDays", lifecycle.retention().toDays());
    json.put("recreation", word(lifecycle.recreation()));
    var unique = json.putArray("unique");
    lifecycle.unique().stream().map(Uniqueness::wire).sorted().forEach(unique::add);
    if (settings.profile().isGenesys()) {
      var quirks = json.putArray("quirks");
      settings.quirks().stream().map(Quirk::wire).sorted().forEach(quirks::add);
    }
    return json;
  }

  private static void put(ObjectNode node, PoolUse pool) {
    node.put("licence", pool.sku()).put("name", pool.name()).put("seats", pool.seats());
    node.put("used", pool.used()).put("price", pool.price()).put("currency", pool.currency());
    node.put("whenFull", word(pool.whenFull()));
  }

  private static void put(ObjectNode node, Carrier group) {
    node.put("id", group.id().toString()).put("name", group.name());
    var roles = node.putArray("roles");
    for (var grant : group.carried().roles()) {
      var role = roles.addObject().put("role", grant.role());
      if (!grant.division().isEmpty()) role.put("division", grant.division());
    }
    group.carried().licences().forEach(node.putArray("licences")::add);
    group.carried().division().ifPresent(name -> node.put("division", name));
  }

  private static String text(Overview shown, String address) {
    var facts = new StringBuilder();
    settings(shown)
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
            new Column<>("when full", p -> word(p.whenFull()))));
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
    var json = NODES.objectNode().put("id", user.toString()).put("userName", userName);
    held.division().ifPresent(name -> json.put("division", name));
    var roles = json.putArray("roles");
    for (var role : held.roles()) {
      var node = roles.addObject().put("role", role.name()).put("division", role.division());
      role.via().ifPresent(group -> node.put("group", group.toString()));
    }
    held.seats().forEach(json.putArray("seats")::add);
    var table =
        Faces.table(
            held.roles(),
            List.of(
                new Column<>("role", Role::name),
                new Column<>("division", Role::division),
                new Column<>("by group", r -> r.via().map(UUID::toString).orElse(""))));
    var seats = held.seats().isEmpty() ? "none" : String.join(", ", held.seats());
    return new Answer(table + "seats: " + seats, json);
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
    var json = NODES.arrayNode();
    for (var user : users) {
      var node = json.addObject().put("id", user.id().toString());
      node.put("userName", user.userName());
      user.externalId().ifPresent(id -> node.put("externalId", id));
      node.put("deletedAt", user.deletedAt().toString());
    }
    return new Answer(table, json);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
