package dev.tenure.organization;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.limit.Budgets;
import dev.tenure.organization.store.OrganizationStore;
import dev.tenure.organization.store.OrganizationStore.Declared;
import dev.tenure.organization.store.OrganizationStore.Pool;
import dev.tenure.organization.store.OrganizationStore.Role;
import dev.tenure.organization.store.OrganizationStore.Settings;
import dev.tenure.scim.Reading;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// The hosted organizations of one database: the way in to all their services.
public final class Organizations {
  private static final Duration REMEMBERED = Duration.ofSeconds(5);
  private static final int REMEMBERED_MAX = 10_000;
  private final OrganizationStore store;
  private final Registries registries;
  private final Resources resources;
  private final Users users;
  private final Groups groups;
  private final Sessions sessions;
  private final Licences licences;
  private final Credentials credentials;
  private final RootSearch root;
  private final Cursors cursors;
  private final Limits limits;
  private final Budgets budgets;
  private final Refusals refusals;
  private final Cache<OrganizationId, Optional<Organization>> known =
      Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(REMEMBERED_MAX).build();

  /// With the usual limits.
  public Organizations(Database database, Clock clock, RandomGenerator random) {
    this(database, clock, random, Limits.USUAL);
  }

  /// `random` makes secrets: a `SecureRandom` outside of tests.
  public Organizations(Database database, Clock clock, RandomGenerator random, Limits limits) {
    this.store = new OrganizationStore(database);
    this.registries = new Registries(database);
    this.resources = new Resources(database, clock, random);
    this.users = new Users(database, clock, random);
    this.groups = new Groups(database, clock, random);
    this.sessions = new Sessions(database, clock, random);
    this.licences = new Licences(database);
    this.credentials = new Credentials(database, clock, random);
    this.root = new RootSearch(database);
    this.cursors = new Cursors(database, clock, random, limits.cursorLife());
    this.limits = limits;
    this.budgets = new Budgets(database, clock);
    this.refusals = new Refusals(database, clock);
  }

  /// Makes what the file declares. Nothing is deleted because it is not declared any more; a client
  /// that isn't is disabled. Doing it again changes nothing.
  public void declare(List<OrganizationConfig> configs) {
    for (var config : configs) {
      store.put(declared(config));
      registries.declare(config.id(), config.registry());
      credentials.declare(config);
      budgets.declare(config.id(), config.rateLimits());
      known.invalidate(config.id());
    }
  }

  /// The organization of this name; settings may be 5 seconds old.
  public Optional<Organization> find(OrganizationId id) {
    return known.get(id, _ -> store.get(id).map(this::organization));
  }

  /// All of them, by name.
  public List<OrganizationId> all() {
    return store.all();
  }

  public Users users() {
    return users;
  }

  public Groups groups() {
    return groups;
  }

  /// Resources of the types that organizations declare themselves.
  public Resources resources() {
    return resources;
  }

  public Sessions sessions() {
    return sessions;
  }

  public Licences licences() {
    return licences;
  }

  public Credentials credentials() {
    return credentials;
  }

  /// Lists of all types of resources.
  public RootSearch root() {
    return root;
  }

  public Cursors cursors() {
    return cursors;
  }

  /// How many requests each client has left.
  public Budgets budgets() {
    return budgets;
  }

  public Limits limits() {
    return limits;
  }

  /// What was refused.
  public Refusals refusals() {
    return refusals;
  }

  private static Declared declared(OrganizationConfig config) {
    return new Declared(
        new Settings(
            config.id(),
            config.profile().name(),
            config.reading().name(),
            config.deactivation().name()),
        config.divisions(),
        config.roles().stream().map(r -> new Role(r.name(), r.licence().orElse(null))).toList(),
        config.licences().stream()
            .map(l -> new Pool(l.sku(), l.name(), l.seats(), 0, l.price(), l.currency()))
            .toList());
  }

  private Organization organization(Declared stored) {
    return new Organization(
        stored.settings().id(),
        Profile.valueOf(stored.settings().profile()),
        Reading.valueOf(stored.settings().reading()),
        registries.schemas(stored.settings().id()),
        Deactivation.valueOf(stored.settings().deactivation()),
        stored.divisions(),
        stored.roles().stream()
            .collect(Collectors.toMap(Role::name, r -> Optional.ofNullable(r.sku()))),
        stored.pools().stream().collect(Collectors.toMap(Pool::sku, Pool::price)));
  }
}
