package dev.tenure.view;

import dev.tenure.organization.Administration.Overview;
import dev.tenure.organization.Carrier;
import dev.tenure.organization.DeletedUser;
import dev.tenure.organization.Grants.Held;
import dev.tenure.organization.Licences.PoolUse;
import dev.tenure.organization.Lifecycle.Uniqueness;
import dev.tenure.organization.Quirk;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Organizations as JSON: how they are set, and what they are made of.
public final class OrganizationJson {
  private OrganizationJson() {}

  /// Everything about it; `base` is where clients reach the server.
  public static ObjectNode of(Overview shown, String base) {
    var json = settings(shown).put("scimUrl", base + "/" + shown.id() + "/scim/v2");
    shown.divisions().forEach(json.putArray("divisions")::add);
    var roles = json.putArray("roles");
    new TreeMap<>(shown.roles())
        .forEach((name, sku) -> {
          var node = roles.addObject().put("name", name);
          sku.ifPresent(s -> node.put("licence", s));
        });
    shown.pools().forEach(pool -> put(json.withArray("licences").addObject(), pool));
    shown.groups().forEach(group -> put(json.withArray("groups").addObject(), group));
    return json;
  }

  /// Its settings alone.
  public static ObjectNode settings(Overview shown) {
    var settings = shown.settings();
    var lifecycle = settings.lifecycle();
    var json = JsonNodeFactory.instance.objectNode().put("organization", shown.id().value());
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

  /// What a user really has.
  public static ObjectNode of(UUID user, String userName, Held held) {
    var json = JsonNodeFactory.instance.objectNode().put("id", user.toString());
    json.put("userName", userName);
    held.division().ifPresent(name -> json.put("division", name));
    var roles = json.putArray("roles");
    for (var role : held.roles()) {
      var node = roles.addObject().put("role", role.name()).put("division", role.division());
      role.via().ifPresent(group -> node.put("group", group.toString()));
    }
    held.seats().forEach(json.putArray("seats")::add);
    return json;
  }

  /// Users that can be restored.
  public static ArrayNode deleted(List<DeletedUser> users) {
    var json = JsonNodeFactory.instance.arrayNode();
    for (var user : users) {
      var node = json.addObject().put("id", user.id().toString());
      node.put("userName", user.userName());
      user.externalId().ifPresent(id -> node.put("externalId", id));
      node.put("deletedAt", user.deletedAt().toString());
    }
    return json;
  }

  /// A constant as in `tenure.yaml`.
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
