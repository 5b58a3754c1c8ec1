package dev.tenure.organization;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.Licences.PoolUse;
import dev.tenure.organization.OrganizationConfig.Licence;
import dev.tenure.organization.store.Claims;
import dev.tenure.organization.store.GrantStore;
import dev.tenure.organization.store.GroupStore;
import dev.tenure.organization.store.OrganizationStore;
import dev.tenure.organization.store.OrganizationStore.Change;
import dev.tenure.organization.store.OrganizationStore.Declared;
import dev.tenure.organization.store.OrganizationStore.Pool;
import dev.tenure.organization.store.OrganizationStore.Role;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.scim.ScimJson;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import tools.jackson.databind.node.JsonNodeFactory;

/// Changes organizations: their settings, what they are made of, and what their groups carry. The
/// seats of all users follow before a change returns.
///
/// What the file owns is refused with `DECLARED_IN_FILE`, a name that there is not with
/// `ORGANIZATION_UNKNOWN`.
public final class Administration {
  private static final int PASSES_MAX = 100;
  private static final String GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
  private final OrganizationStore store;
  private final Registries registries;
  private final GrantStore grants;
  private final GroupStore groups;
  private final Routing routing;
  private final Licences licences;
  private final Clock clock;
  private final NewId ids;
  private final Consumer<OrganizationId> forget;

  /// `forget` is told of each organization that changed.
  Administration(
      Database database, Registries registries, NewId ids, Consumer<OrganizationId> forget) {
    this.store = new OrganizationStore(database);
    this.registries = registries;
    this.grants = new GrantStore(database);
    this.groups = new GroupStore(database);
    this.routing = new Routing(database, ids.clock(), forget);
    this.licences = new Licences(database);
    this.clock = ids.clock();
    this.ids = ids;
    this.forget = forget;
  }

  /// An organization as administrators see it. `declared`: the file owns it.
  public record Overview(
      OrganizationId id,
      Settings settings,
      boolean declared,
      List<String> divisions,
      Map<String, Optional<String>> roles,
      List<PoolUse> pools,
      List<Carrier> groups) {}

  /// The part of an organization that has a name of its own.
  public enum Part {
    DIVISION,
    ROLE,
    LICENCE
  }

  /// Everything about an organization.
  public Overview show(OrganizationId id) {
    var stored = known(id);
    return new Overview(
        id,
        Settings.of(stored.settings()),
        stored.settings().declared(),
        stored.divisions(),
        organization(stored).licences(),
        licences.occupancy(id),
        grants.carriers(id));
  }

  /// The settings of an organization that there is, as they are now.
  public Organization organization(OrganizationId id) {
    return organization(known(id));
  }

  private Organization organization(Declared stored) {
    return Settings.organization(stored, registries.schemas(stored.settings().id()));
  }

  /// Makes an organization. Throws `ORGANIZATION_EXISTS` where there is one of this name.
  public void create(OrganizationId id, Settings settings) {
    if (store.get(id).isPresent()) {
      throw new Problem(
              Code.ORGANIZATION_EXISTS,
              "there is an organization '" + id + "' already",
              Map.of("organization", id.value()),
              "choose another name, or see: tenure org show " + id)
          .found();
    }
    write(change(id, Optional.of(settings)));
  }

  /// Changes the settings of an organization.
  public void change(OrganizationId id, Settings settings) {
    requireFree(id);
    write(change(id, Optional.of(settings)));
  }

  /// Lets the clients of an organization in, or no more of them.
  public void enable(OrganizationId id, boolean enabled) {
    var stored = requireFree(id);
    write(change(id, Optional.of(Settings.of(stored.settings()).enabled(enabled))));
  }

  public void addDivision(OrganizationId id, String name) {
    requireFree(id);
    write(new Change(id, Optional.empty(), List.of(name), List.of(), List.of()));
  }

  /// Adds or changes a role; `licence` is the SKU that comes with it.
  public void putRole(OrganizationId id, String name, Optional<String> licence) {
    var stored = requireFree(id);
    licence.ifPresent(sku -> requirePart(stored, Part.LICENCE, sku));
    var role = new Role(name, licence.orElse(null));
    write(new Change(id, Optional.empty(), List.of(), List.of(role), List.of()));
  }

  /// Adds or changes a licence pool.
  public void putLicence(OrganizationId id, Licence licence) {
    requireFree(id);
    write(new Change(id, Optional.empty(), List.of(), List.of(), List.of(pool(licence))));
  }

  /// Takes a part away; who had it by name keeps the name in the profile, and nothing by it.
  public void remove(OrganizationId id, Part part, String name) {
    var stored = requireFree(id);
    requirePart(stored, part, name);
    var kind = part.name().toLowerCase(java.util.Locale.ROOT);
    if (store.remove(id, kind, name, clock.instant())) settle(id);
  }

  /// Lets the group of this name carry this and nothing else; it is made where there is none.
  public void carry(OrganizationId id, String group, Carried carried) {
    var stored = requireFree(id);
    carried.roles().forEach(grant -> requirePart(stored, Part.ROLE, grant.role()));
    carried.licences().forEach(sku -> requirePart(stored, Part.LICENCE, sku));
    carried.division().ifPresent(name -> requirePart(stored, Part.DIVISION, name));
    carried.roles().stream()
        .filter(grant -> !grant.division().isEmpty())
        .forEach(grant -> requirePart(stored, Part.DIVISION, grant.division()));
    if (carried(id, group, carried)) settle(id);
  }

  /// What the group of this id carries.
  public Carried carriedBy(OrganizationId id, UUID group) {
    return grants.carriers(id).stream()
        .filter(carrier -> carrier.id().equals(group))
        .findFirst()
        .map(Carrier::carried)
        .orElseGet(() -> new Carried(List.of(), List.of(), Optional.empty()));
  }

  /// Lets a group carry this and nothing else, as a client wants it.
  public void carry(OrganizationId id, UUID group, Carried carried) {
    if (grants.carry(id, group, carried, clock.instant())) settle(id);
  }

  /// Makes what the file declares of one organization.
  void declare(OrganizationConfig config) {
    var id = config.id();
    var settings =
        new Settings(
            config.profile(),
            config.reading(),
            config.deactivation(),
            config.lifecycle(),
            true,
            config.platform().quirks());
    boolean changed =
        store.write(
            new Change(
                id,
                Optional.of(settings.stored(id)),
                config.divisions(),
                config.roles().stream()
                    .map(r -> new Role(r.name(), r.licence().orElse(null)))
                    .toList(),
                config.licences().stream().map(Administration::pool).toList()),
            clock.instant());
    changed |= routing.add(id, config.platform());
    for (var group : config.groups()) changed |= carried(id, group.name(), group.carried());
    if (changed) settle(id);
  }

  /// Puts the seats of all users right, should settings have changed while others were writing.
  void settle(OrganizationId id) {
    forget.accept(id);
    var terms = store.get(id).map(this::organization).map(Organization::terms);
    if (terms.isEmpty()) return;
    for (int pass = 0; pass < PASSES_MAX; pass++) {
      if (grants.settle(terms.get(), clock.instant())) return;
    }
    throw new IllegalStateException("the users of " + id + " change too fast to be settled");
  }

  private void write(Change change) {
    if (store.write(change, clock.instant())) settle(change.organization());
  }

  private static Change change(OrganizationId id, Optional<Settings> settings) {
    return new Change(id, settings.map(s -> s.stored(id)), List.of(), List.of(), List.of());
  }

  private static Pool pool(Licence licence) {
    return new Pool(
        licence.sku(),
        licence.name(),
        licence.seats(),
        0,
        licence.price(),
        licence.currency(),
        licence.whenFull().name());
  }

  private boolean carried(OrganizationId id, String group, Carried carried) {
    var found = grants.groupsNamed(id, UserDocument.fold(group));
    var carrier = found.isEmpty() ? made(id, group) : found.getFirst();
    return grants.carry(id, carrier, carried, clock.instant());
  }

  private UUID made(OrganizationId id, String name) {
    var document = JsonNodeFactory.instance.objectNode();
    document.putArray("schemas").add(GROUP);
    document.put("displayName", name);
    var row =
        new GroupStore.GroupRow(
            ids.next(),
            UserDocument.fold(name),
            null,
            Claims.NONE,
            ScimJson.write(document),
            List.of("displayName", "schemas"));
    groups.create(id, row, Set.of(), clock.instant());
    return row.id();
  }

  private Declared known(OrganizationId id) {
    return store
        .get(id)
        .orElseThrow(() ->
            new Problem(
                    Code.ORGANIZATION_UNKNOWN,
                    "there is no organization '" + id + "'",
                    Map.of("organizations", store.all().toString()),
                    "use one of these, or make it: tenure org create " + id)
                .found());
  }

  private Declared requireFree(OrganizationId id) {
    var stored = known(id);
    if (!stored.settings().declared()) return stored;
    throw new Problem(
            Code.DECLARED_IN_FILE,
            "the configuration file owns organization '" + id + "'",
            Map.of("organization", id.value()),
            "change it there and start again")
        .found();
  }

  private static void requirePart(Declared stored, Part part, String name) {
    var names =
        switch (part) {
          case DIVISION -> stored.divisions();
          case ROLE -> stored.roles().stream().map(Role::name).toList();
          case LICENCE -> stored.pools().stream().map(Pool::sku).toList();
        };
    if (names.contains(name)) return;
    var kind = part.name().toLowerCase(java.util.Locale.ROOT);
    throw new Problem(
            Code.ORGANIZATION_PART_UNKNOWN,
            "organization '" + stored.settings().id() + "' has no " + kind + " '" + name + "'",
            Map.of(kind, name, "known", names.toString()),
            "use one of these, or add it first")
        .found();
  }
}
