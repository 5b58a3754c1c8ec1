package dev.tenure.organization;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.store.StoredClaims;
import dev.tenure.organization.store.StoredClaims.Holding;
import dev.tenure.organization.store.StoredClaims.Lost;
import dev.tenure.organization.store.StoredClaims.Shelf;
import dev.tenure.organization.store.StoredClaims.Stored;
import dev.tenure.organization.store.Table;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.schema.AttributeRef;
import dev.tenure.scim.schema.ResourceType;
import dev.tenure.scim.schema.Schemas;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the uniqueness of attributes hold for what is stored already, when a declaration changes.
/// Of two resources that have the same value, the older one keeps it; both keep their documents.
final class NewlyUnique {
  private static final Logger LOG = LoggerFactory.getLogger(NewlyUnique.class);
  private final StoredClaims store;

  NewlyUnique(Database database) {
    this.store = new StoredClaims(database);
  }

  /// A unique attribute of a type, by its path with the URN.
  private record Unique(String type, String path, AttributeRef ref) {
    static Set<Unique> of(Schemas schemas) {
      return schemas.types().stream()
          .flatMap(t -> t.unique().stream().map(r -> new Unique(t.name(), UniqueValues.path(r), r)))
          .collect(Collectors.toSet());
    }
  }

  /// Does nothing where the same attributes are unique in the same way as before.
  void settle(OrganizationId organization, Schemas before, Schemas after) {
    var had = Unique.of(before);
    var has = Unique.of(after);
    var changed = new HashSet<>(had);
    changed.addAll(has);
    changed.removeIf(u -> had.contains(u) && has.contains(u));
    if (changed.isEmpty()) return;
    var paths = changed.stream().map(Unique::path).collect(Collectors.toSet());
    store.release(organization, paths);
    for (var type : after.types()) {
      if (has.stream().anyMatch(u -> u.type().equals(type.name()) && paths.contains(u.path()))) {
        claim(new Shelf(organization, table(type), type.name()), type, paths);
      }
    }
  }

  private void claim(Shelf shelf, ResourceType type, Set<String> paths) {
    var lost = new ArrayList<Lost>();
    @Nullable Stored last = null;
    for (var page = store.after(shelf, last); !page.isEmpty(); page = store.after(shelf, last)) {
      var holdings = page.stream().flatMap(r -> holdings(r, type, paths).stream()).toList();
      if (!holdings.isEmpty()) lost.addAll(store.claim(shelf, holdings));
      last = page.getLast();
    }
    if (lost.isEmpty()) return;
    LOG.atWarn()
        .addKeyValue("organization", shelf.organization())
        .addKeyValue("attributes", lost.stream().map(Lost::attribute).distinct().toList())
        .addKeyValue("resources", lost.size())
        .addKeyValue("first", lost.getFirst().resource())
        .log("resources have a value that another one has: it is unique from now on");
  }

  private static List<Holding> holdings(Stored resource, ResourceType type, Set<String> paths) {
    return UniqueValues.claims(type, ScimJson.read(resource.document())).all().stream()
        .filter(claim -> paths.contains(claim.attribute()))
        .map(claim -> new Holding(resource, claim))
        .toList();
  }

  private static Table table(ResourceType type) {
    return switch (type.name()) {
      case "User" -> Table.USERS;
      case "Group" -> Table.GROUPS;
      default -> Table.RESOURCES;
    };
  }
}
