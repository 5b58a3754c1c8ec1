package dev.tenure.organization;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.registry.Registry;
import dev.tenure.organization.store.RegistryStore;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.schema.Schemas;

/// The schemas of organizations. Those that declare the same share one [Schemas], which is made
/// when it is first asked for; a request finds it in its organization.
final class Registries {
  private static final int REMEMBERED_MAX = 10_000;
  private final RegistryStore store;
  private final NewlyUnique newlyUnique;
  private final Cache<String, Schemas> made =
      Caffeine.newBuilder().maximumSize(REMEMBERED_MAX).build();

  Registries(Database database) {
    this.store = new RegistryStore(database);
    this.newlyUnique = new NewlyUnique(database);
  }

  /// Values are claimed before the declaration is kept: where that is cut short, it begins anew at
  /// the next time.
  void declare(OrganizationId organization, Registry registry) {
    var stored = store.get(organization).map(t -> Registry.read(ScimJson.read(t)));
    var before = stored.orElse(Registry.NONE);
    if (before.equals(registry)) return;
    newlyUnique.settle(organization, before.whole(), registry.whole());
    if (registry.equals(Registry.NONE)) store.drop(organization);
    else store.put(organization, ScimJson.write(registry.document()));
  }

  Schemas schemas(OrganizationId organization) {
    return store
        .get(organization)
        .map(text -> made.get(text, t -> Registry.read(ScimJson.read(t)).whole()))
        .orElseGet(Schemas::standard);
  }
}
