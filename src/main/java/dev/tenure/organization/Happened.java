package dev.tenure.organization;

import dev.tenure.organization.store.RosterStore.Log;
import dev.tenure.organization.store.RosterStore.Row;
import dev.tenure.scim.ScimJson;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// What happened to the users and groups of an organization behind a place in its log.
///
/// `next`: the place to go on from; `told`: the numbers of those changes that had no place yet, to
/// be given back with it. `isKnown`: whether the log still has the place and all behind it; nothing
/// else counts where it does not.
///
/// `concerned`: users that changed, and groups all of whose users did; `deleted`: users that were
/// deleted, though they may be back; `formerGroups`: names that groups had whose members of that
/// time changed; `attributes`: names of what changed in users, extensions by their URNs.
public record Happened(
    long next,
    Set<Long> told,
    boolean isKnown,
    Set<UUID> concerned,
    Set<UUID> deleted,
    Set<String> formerGroups,
    Set<String> attributes) {

  static Happened of(Log log, Set<Long> toldBefore) {
    var rows = log.rows();
    var next =
        log.isWhole()
            ? log.last()
            : rows.stream().flatMap(r -> r.seq().stream()).reduce(0L, Math::max);
    var isKnown = log.known() && rows.stream().noneMatch(Row::erased);
    var happened =
        new Happened(
            next,
            new HashSet<>(toldBefore),
            isKnown,
            new LinkedHashSet<>(),
            new HashSet<>(),
            new HashSet<>(),
            new HashSet<>());
    if (isKnown) rows.forEach(row -> happened.enter(row, log.isWhole()));
    return happened;
  }

  /// What waits is left for later where not even all of the chain was given.
  private void enter(Row row, boolean isWhole) {
    if (row.seq().isEmpty() && !isWhole) return;
    var isNew = !told.contains(row.id());
    if (row.seq().isPresent()) told.remove(row.id());
    else told.add(row.id());
    if (!isNew) return;
    var detail = ScimJson.read(row.detail());
    if (row.action().startsWith("user.")) enterUser(row, detail);
    else enterGroup(row, detail);
  }

  private void enterUser(Row row, JsonNode detail) {
    var id = UUID.fromString(row.subject());
    concerned.add(id);
    if (row.action().equals("user.deleted")) deleted.add(id);
    add(detail.path("reportsLeft"));
    for (var name : detail.path("attributes")) attributes.add(name.asString(""));
  }

  private void enterGroup(Row row, JsonNode detail) {
    add(detail.path("added"));
    add(detail.path("removed"));
    if (row.action().equals("group.deleted")) {
      formerGroups.add(detail.path("displayName").asString(""));
    }
    if (detail.path("renamedFrom").isString()) {
      formerGroups.add(detail.path("renamedFrom").stringValue());
      concerned.add(UUID.fromString(row.subject()));
    }
  }

  private void add(JsonNode ids) {
    for (var id : ids) concerned.add(UUID.fromString(id.asString("")));
  }

  /// Whether nothing happened.
  public boolean isQuiet() {
    return concerned.isEmpty() && formerGroups.isEmpty();
  }

  /// The users and groups that are concerned.
  public List<UUID> ids() {
    return List.copyOf(concerned);
  }
}
