package dev.tenure.organization.genesys;

import dev.tenure.organization.store.HistoryStore.Entry;
import dev.tenure.organization.store.HistoryStore.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A query of the audit log as a client put it: `interval` and `serviceName`, which are required,
/// `filters` on `ClientId`, `UserId`, `Action`, `EntityType` and `EntityId`, and `sort`.
record AuditQuery(JsonNode body, String organization) {
  private static final Duration LONGEST = Duration.ofDays(30);
  private static final Set<String> PROPERTIES =
      Set.of("UserId", "ClientId", "Action", "EntityType", "EntityId", "TrusteeOrganizationId");

  /// What is looked for, nothing of it after `now`. Throws 400 for a query that cannot be.
  Wanted wanted(Instant now) {
    var parts = PlatformCall.required(body, "interval").split("/", -1);
    if (parts.length != 2) throw PlatformCall.bad("interval is FROM/TO, both as ISO-8601 has it");
    var since = instant(parts[0]);
    var until = instant(parts[1]);
    if (!since.isBefore(until) || Duration.between(since, until).compareTo(LONGEST) > 0) {
      throw PlatformCall.bad("interval must be of up to " + LONGEST.toDays() + " days");
    }
    var client = filter("ClientId");
    return new Wanted(
        since,
        until.isAfter(now) ? now : until,
        actions(),
        filter("EntityId"),
        client == null ? null : name(client),
        ascending());
  }

  String service() {
    return PlatformCall.required(body, "serviceName");
  }

  /// Changes are made by clients here: no user's are found, nor those of another organization.
  private List<String> actions() {
    if (!Deed.services().contains(service())) {
      throw PlatformCall.bad("serviceName is one of " + String.join(", ", Deed.services()));
    }
    for (var one : body.path("filters")) {
      var property = one.path("property").asString("");
      if (!PROPERTIES.contains(property)) {
        throw PlatformCall.bad("there is no property '" + property + "'");
      }
    }
    if (filter("UserId") != null || filter("TrusteeOrganizationId") != null) return List.of();
    var action = filter("Action");
    var type = filter("EntityType");
    return Deed.of(service()).stream()
        .filter(deed -> action == null || deed.title().equalsIgnoreCase(action))
        .filter(deed -> type == null || deed.entityType().equalsIgnoreCase(type))
        .map(Deed::action)
        .collect(Collectors.toList());
  }

  private @org.jspecify.annotations.Nullable String filter(String property) {
    for (var one : body.path("filters")) {
      if (one.path("property").asString("").equals(property)) {
        return one.path("value").asString("");
      }
    }
    return null;
  }

  private boolean ascending() {
    var order = body.path("sort").path(0).path("sortOrder").asString("");
    return order.toLowerCase(Locale.ROOT).startsWith("asc");
  }

  private String name(String clientId) {
    var prefix = organization + ".";
    return clientId.startsWith(prefix) ? clientId.substring(prefix.length()) : clientId;
  }

  /// One without a zone is of UTC.
  private static Instant instant(String text) {
    try {
      return text.matches(".*(Z|[+-][0-9:]{2,6})$") && text.contains("T")
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException _) {
      throw PlatformCall.bad("'" + text + "' is no time as ISO-8601 has it");
    }
  }

  /// An entry as the platform shows it.
  ObjectNode render(Entry entry) {
    var deed = Deed.called(entry.action());
    var json = JsonNodeFactory.instance.objectNode().put("id", String.valueOf(entry.id()));
    json.putObject("client").put("id", organization + "." + entry.actor());
    var remotes = json.putArray("remoteIp");
    var remote = entry.detail().path("remote").asString("");
    if (!remote.isEmpty()) remotes.add(remote);
    json.put("serviceName", service()).put("level", "USER");
    json.put("eventDate", entry.at().toString()).put("action", deed.title());
    var entity = json.putObject("entity").put("id", entry.subject());
    if (entry.person() != null) entity.put("name", entry.person());
    json.put("entityType", deed.entityType()).put("status", deed.failed() ? "FAILURE" : "SUCCESS");
    json.put("transactionInitiator", true);
    json.putObject("initiatingAction").put("transactionId", entry.correlation());
    changes(entry.detail(), json);
    return json;
  }

  private static void changes(JsonNode detail, ObjectNode json) {
    var changes = json.putArray("propertyChanges");
    detail
        .path("attributes")
        .forEach(name -> changes.addObject().put("property", name.asString("")));
    put(changes.addObject().put("property", "roles"), detail, List.of("rolesLost", "rolesGained"));
    put(
        changes.addObject().put("property", "licenses"),
        detail,
        List.of("seatsFreed", "seatsTaken"));
    put(changes.addObject().put("property", "members"), detail, List.of("removed", "added"));
    for (int i = changes.size() - 1; i >= 0; i--) {
      var change = changes.get(i);
      var empty = change.path("oldValues").isEmpty() && change.path("newValues").isEmpty();
      if (change.has("oldValues") && empty) changes.remove(i);
    }
    var context = json.putObject("context");
    for (var name : List.of("reason", "sessionsEnded", "holder", "value", "attribute")) {
      if (detail.has(name)) context.put(name, detail.path(name).asString(""));
    }
  }

  /// What was lost, and what was gained.
  private static void put(ObjectNode change, JsonNode detail, List<String> names) {
    var lost = change.putArray("oldValues");
    var gained = change.putArray("newValues");
    detail.path(names.getFirst()).forEach(lost::add);
    detail.path(names.getLast()).forEach(gained::add);
  }
}
