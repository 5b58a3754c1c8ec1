package dev.tenure.organization.limit;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.LimitUse;
import dev.tenure.organization.store.BudgetStore;
import dev.tenure.organization.store.LimitStore;
import dev.tenure.organization.store.LimitStore.LimitRow;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The budgets of all clients, and what is configured of them.
public final class Budgets {
  private static final Duration REMEMBERED = Duration.ofSeconds(5);
  private static final int REMEMBERED_MAX = 10_000;
  private static final String ALL = "";

  private final LimitStore store;
  private final BudgetStore budgets;
  private final Clock clock;
  private final Map<Key, Held> held = new ConcurrentHashMap<>();
  private final LoadingCache<OrganizationId, Optional<RateLimits>> configured;
  private volatile boolean shared;

  private record Key(OrganizationId organization, String client) {}

  /// A budget, and what it was made for.
  private record Held(RateLimit limit, boolean shared, Budget budget) {}

  public Budgets(Database database, Clock clock) {
    this.store = new LimitStore(database);
    this.budgets = new BudgetStore(database);
    this.clock = clock;
    // Read again beside the requests: only the first one of an organization waits.
    this.configured =
        Caffeine.newBuilder()
            .refreshAfterWrite(REMEMBERED)
            .maximumSize(REMEMBERED_MAX)
            .executor(work -> Thread.ofVirtual().start(work))
            .build(this::read);
  }

  /// Tells how many other nodes serve this database now.
  public void besides(int otherNodes) {
    shared = otherNodes > 0;
  }

  /// Takes one request from the client's budget; absent where it has no limit. `genesys`: whether
  /// the usual limit is that of Genesys Cloud.
  public Optional<Allowance> take(OrganizationId organization, String client, boolean genesys) {
    return configured
        .get(organization)
        .orElseGet(() -> RateLimits.usual(genesys))
        .of(client)
        .map(limit -> budget(new Key(organization, client), limit).take());
  }

  /// The limit of a client; absent where it has none.
  public Optional<RateLimit> limit(OrganizationId organization, String client, boolean genesys) {
    return configured.get(organization).orElseGet(() -> RateLimits.usual(genesys)).of(client);
  }

  /// How a client's limit is used now; absent where the client has no limit. A look: nothing is
  /// taken.
  public Optional<LimitUse> use(OrganizationId organization, String client, boolean genesys) {
    return limit(organization, client, genesys)
        .map(limit ->
            new LimitUse(
                limit.perMinute(), limit.burst(), left(new Key(organization, client), limit)));
  }

  private long left(Key key, RateLimit limit) {
    var known = Optional.ofNullable(held.get(key)).filter(h -> h.limit().equals(limit));
    if (!shared) return known.map(h -> h.budget().left()).orElse((long) limit.burst());
    long here = known.filter(Held::shared).map(h -> h.budget().here()).orElse(0L);
    var row = new BudgetStore.Row(key.organization(), key.client());
    var common = budgets.left(row, terms(limit, limit.burst())).orElse((double) limit.burst());
    return Math.clamp(here + (long) Math.floor(common), 0, limit.burst());
  }

  /// Makes what the file declares. Other nodes see it within 5 seconds.
  public void declare(OrganizationId organization, RateLimits limits) {
    var rows = new ArrayList<LimitRow>();
    rows.add(row(ALL, limits.all(), limits.flows()));
    limits.clients().forEach((client, limit) -> rows.add(row(client, limit, false)));
    store.put(organization, rows);
    configured.invalidate(organization);
  }

  private Budget budget(Key key, RateLimit limit) {
    var known = held.get(key);
    if (known != null && known.shared() == shared && known.limit().equals(limit)) {
      return known.budget();
    }
    return held.compute(key, (_, old) -> made(key, limit, Optional.ofNullable(old))).budget();
  }

  /// A change of the limit begins anew; a change of the number of nodes goes on with what was left.
  private Held made(Key key, RateLimit limit, Optional<Held> old) {
    var share = shared;
    var same = old.filter(h -> h.limit().equals(limit));
    if (same.isPresent() && same.get().shared() == share) return same.get();
    long left = same.map(h -> h.budget().left()).orElse((long) limit.burst());
    var budget = share ? sharedBudget(key, limit, left) : new LocalBudget(limit, left, clock);
    return new Held(limit, share, budget);
  }

  private Budget sharedBudget(Key key, RateLimit limit, long left) {
    var row = new BudgetStore.Row(key.organization(), key.client());
    var terms = terms(limit, left);
    return new SharedBudget(limit, block -> budgets.draw(row, terms, block), clock);
  }

  private static BudgetStore.Terms terms(RateLimit limit, long start) {
    return new BudgetStore.Terms(limit.perSecond(), limit.burst(), limit.byWindow(), start);
  }

  private Optional<RateLimits> read(OrganizationId organization) {
    var rows = new HashMap<String, LimitRow>();
    store.get(organization).forEach(row -> rows.put(row.client(), row));
    var all = Optional.ofNullable(rows.remove(ALL));
    return all.map(
        row -> new RateLimits(limit(row), limits(List.copyOf(rows.values())), row.flows()));
  }

  private static Map<String, RateLimit> limits(List<LimitRow> rows) {
    var limits = new HashMap<String, RateLimit>();
    rows.forEach(row -> limits.put(row.client(), limit(row)));
    return limits;
  }

  private static LimitRow row(String client, RateLimit limit, boolean flows) {
    return new LimitRow(client, limit.perMinute(), limit.burst(), limit.byWindow(), flows);
  }

  private static RateLimit limit(LimitRow row) {
    return new RateLimit(row.perMinute(), row.burst(), row.byWindow());
  }
}
