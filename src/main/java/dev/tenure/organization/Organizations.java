package dev.tenure.organization;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.limit.Budgets;
import dev.tenure.organization.store.ListenerStore;
import dev.tenure.organization.store.OrganizationStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// The hosted organizations of one database: the way in to all their services.
public final class Organizations {
  private static final Duration REMEMBERED = Duration.ofSeconds(5);
  private static final int REMEMBERED_MAX = 10_000;
  private final OrganizationStore store;
  private final ListenerStore listeners;
  private final Registries registries;
  private final Resources resources;
  private final Users users;
  private final Groups groups;
  private final Sessions sessions;
  private final Licences licences;
  private final Grants grants;
  private final Credentials credentials;
  private final Administration administration;
  private final Clients clients;
  private final Dialects dialects;
  private final Housekeeping housekeeping;
  private final RootSearch root;
  private final Cursors cursors;
  private final Directory directory;
  private final Routing routing;
  private final History history;
  private final Roster roster;
  private final Limits limits;
  private final Budgets budgets;
  private final Refusals refusals;
  private final Clock clock;
  private final Cache<OrganizationId, Optional<Organization>> known =
      Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(REMEMBERED_MAX).build();

  /// With the usual limits.
  public Organizations(Database database, Clock clock, RandomGenerator random) {
    this(database, clock, random, Limits.USUAL);
  }

  /// `random` makes secrets: a `SecureRandom` outside of tests.
  public Organizations(Database database, Clock clock, RandomGenerator random, Limits limits) {
    this.store = new OrganizationStore(database);
    this.listeners = new ListenerStore(database);
    this.registries = new Registries(database);
    this.resources = new Resources(database, clock, random);
    this.users = new Users(database, clock, random);
    this.groups = new Groups(database, clock, random);
    this.sessions = new Sessions(database, clock, random);
    this.licences = new Licences(database);
    this.grants = new Grants(database);
    this.credentials = new Credentials(database, clock, random);
    this.administration =
        new Administration(database, registries, new NewId(clock, random), known::invalidate);
    this.dialects = new Dialects(database, clock);
    this.clients = new Clients(database, clock, random, credentials);
    this.housekeeping = new Housekeeping(database, clock, administration);
    this.root = new RootSearch(database);
    this.cursors = new Cursors(database, clock, random, limits.cursorLife());
    this.directory = new Directory(database);
    this.routing = new Routing(database, clock, known::invalidate);
    this.history = new History(database, new NewId(clock, random));
    this.roster = new Roster(database);
    this.limits = limits;
    this.budgets = new Budgets(database, clock);
    this.refusals = new Refusals(database, clock);
    this.clock = clock;
  }

  /// Makes what the file declares, which nobody else may change from then on. Nothing is deleted
  /// because it is not declared any more; a client that isn't is disabled. Doing it again changes
  /// nothing.
  public void declare(List<OrganizationConfig> configs) {
    for (var config : configs) {
      administration.declare(config);
      registries.declare(config.id(), config.registry());
      credentials.declare(config);
      budgets.declare(config.id(), config.rateLimits());
    }
    store.own(configs.stream().map(OrganizationConfig::id).toList());
    known.invalidateAll();
  }

  /// Gives up the organizations that a file declared before and that are not among these: commands
  /// may change them from then on.
  public void disownOthers(List<OrganizationConfig> configs) {
    store.disownOthers(configs.stream().map(OrganizationConfig::id).toList());
  }

  /// The organization of this name; settings may be 5 seconds old.
  public Optional<Organization> find(OrganizationId id) {
    return known.get(
        id,
        _ -> store.get(id).map(stored -> Settings.organization(stored, registries.schemas(id))));
  }

  /// All of them, by name.
  public List<OrganizationId> all() {
    return store.all();
  }

  /// Whether somebody listens to the signals of the organization.
  public boolean isListenedTo(OrganizationId id) {
    return listeners.any(id);
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

  public Grants grants() {
    return grants;
  }

  public Credentials credentials() {
    return credentials;
  }

  /// Changes organizations themselves.
  public Administration administration() {
    return administration;
  }

  /// Makes and ends clients.
  public Clients clients() {
    return clients;
  }

  /// What must be done from time to time.
  public Housekeeping housekeeping() {
    return housekeeping;
  }

  /// Lists of all types of resources.
  public RootSearch root() {
    return root;
  }

  /// Users in every state, deleted ones too.
  public Directory directory() {
    return directory;
  }

  /// Skills and languages.
  public Routing routing() {
    return routing;
  }

  /// What happened, for an organization's own clients.
  public History history() {
    return history;
  }

  /// Everybody, and who changed, for those who follow an organization.
  public Roster roster() {
    return roster;
  }

  public Cursors cursors() {
    return cursors;
  }

  /// How each client of the organization uses its limit now, by its name; without those that have
  /// none.
  public Map<String, LimitUse> limitUse(OrganizationId id) {
    boolean genesys = find(id).filter(o -> o.profile() == Profile.GENESYS).isPresent();
    var uses = new TreeMap<String, LimitUse>();
    for (var client : clients.list(id)) {
      budgets.use(id, client.name(), genesys).ifPresent(use -> uses.put(client.name(), use));
    }
    return uses;
  }

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

  /// How clients speak.
  public Dialects dialects() {
    return dialects;
  }

  public Clock clock() {
    return clock;
  }
}
