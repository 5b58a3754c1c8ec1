package dev.tenure.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.id.PersonKey;
import dev.tenure.plan.Seats.Manner;
import dev.tenure.plan.Seats.Pool;
import dev.tenure.plan.Seats.WhenFull;
import dev.tenure.policy.Desired;
import dev.tenure.policy.GuardLimits;
import dev.tenure.policy.LeaverPolicy;
import dev.tenure.policy.Standing;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.target.Account;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Seats over generated worlds: small pools, people who come, go and change their roles. One world
/// again: `-Dlaw.seed=…`.
class SeatingLawTest {
  private static final int WORLDS = 600;
  private static final Instant DAY = Instant.parse("2026-12-01T00:00:00Z");

  /// The last brings no licence.
  private static final List<String> ROLES = List.of("Seller", "Agent", "Senior", "Lead", "Guest");

  private static final Map<String, Set<String>> POOLS =
      Map.of("CX1", Set.of("Seller"), "CX2", Set.of("Agent", "Senior"), "CX3", Set.of("Lead"));

  /// A world, the size of its pools, and what plans are made by.
  private record Case(World world, Map<String, Long> sizes, Manner manner, Planner planner) {
    Seats seats(World now, WhenFull full) {
      var pools =
          sizes.keySet().stream()
              .sorted()
              .map(sku -> new Pool(sku, size(sku), 0, price(sku), roles(sku)))
              .toList();
      var empty = new Seats(pools, manner, full);
      return empty.taking(now.accounts().stream().map(Grants::of).toList());
    }

    long size(String sku) {
      return sizes.getOrDefault(sku, 0L);
    }

    Plan plan(World now, WhenFull full) {
      return planner.plan(now.with(() -> seats(now, full)));
    }

    long taken(World now, String sku) {
      return seats(now, WhenFull.WAIT).pools().stream()
          .filter(p -> p.sku().equals(sku))
          .mapToLong(Pool::taken)
          .sum();
    }
  }

  private static Set<String> roles(String sku) {
    return POOLS.getOrDefault(sku, Set.of());
  }

  private static BigDecimal price(String sku) {
    return new BigDecimal(sku.substring(2));
  }

  private interface Law {
    void holds(Case drawn, RandomGenerator random);
  }

  private static void overWorlds(Law law) {
    var only = Optional.ofNullable(Long.getLong("law.seed"));
    for (long i = 0; i < (only.isPresent() ? 1 : WORLDS); i++) {
      long seed = only.orElse(i);
      var random = new Random(seed);
      try {
        law.holds(draw(random), random);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("again with -Dlaw.seed=" + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private static Case draw(RandomGenerator random) {
    var sizes = new HashMap<String, Long>();
    POOLS.keySet().forEach(sku -> sizes.put(sku, (long) random.nextInt(5)));
    var standings = new ArrayList<Standing>();
    var accounts = new ArrayList<Account>();
    var links = new ArrayList<Link>();
    int size = 1 + random.nextInt(12);
    for (int i = 0; i < size; i++) {
      var key = "E%02d".formatted(i);
      if (random.nextInt(3) > 0) {
        var active = random.nextInt(4) > 0;
        accounts.add(account("a" + i, key, active, some(random)));
        links.add(Rules.link(key, "a" + i));
      }
      standings.add(random.nextInt(4) == 0 ? Rules.left(key) : person(key, random));
    }
    var held = random.nextInt(4) == 0;
    var policy =
        Rules.with(
            Rules.policy("externalId"),
            LeaverPolicy.DEACTIVATE,
            held ? new GuardLimits(random.nextInt(2), 0.1) : Rules.OPEN);
    var planner = new Planner(Rules.USER, policy);
    var world = new World(standings, true, accounts, links);
    var manner = new Manner(random.nextBoolean(), random.nextBoolean());
    return new Case(world, sizes, manner, planner);
  }

  private static List<String> some(RandomGenerator random) {
    return ROLES.stream().filter(_ -> random.nextInt(3) == 0).toList();
  }

  private static String json(List<String> roles) {
    return roles.stream()
        .map(r -> "{\"value\":\"" + r + "\"}")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static Account account(String id, String key, boolean active, List<String> roles) {
    var account =
        Rules.ours(id, key, key + "@x", roles.isEmpty() ? "" : ",\"roles\":" + json(roles));
    return active ? account : locked(account);
  }

  private static Account locked(Account account) {
    var resource = account.resource().json();
    resource.put("active", false);
    return Rules.account(account.id().value(), resource.toString());
  }

  private static Standing person(String key, RandomGenerator random) {
    var desired = Rules.in(key, key + "@x", "roles", json(some(random))).desired();
    if (random.nextInt(5) == 0) desired = prepared(desired);
    Optional<Instant> firstDay =
        random.nextInt(3) == 0
            ? Optional.empty()
            : Optional.of(DAY.plusSeconds(86_400L * random.nextInt(4)));
    return new Standing.InScope(
        new Desired(
            desired.person(), desired.attributes(), desired.scope(), desired.handles(), firstDay));
  }

  /// Before the first day: with an account that is locked.
  private static Desired prepared(Desired desired) {
    return desired.with(
        desired.attributes().stream()
            .map(m ->
                m.path().attribute().attribute().name().equals("active")
                    ? Rules.mapped("active", "false")
                    : m)
            .toList());
  }

  private static World after(Case drawn, Plan plan) {
    var model = new ModelTarget(drawn.world());
    model.apply(plan);
    return model.world(drawn.world());
  }

  /// Where there are more already, none is added.
  @Test
  void neverAreMoreSeatsPlannedThanThereAre() {
    for (var full : List.of(WhenFull.WAIT, WhenFull.REFUSE)) {
      overWorlds((drawn, _) -> {
        var now = after(drawn, drawn.plan(drawn.world(), full));
        for (var sku : POOLS.keySet()) {
          assertThat(drawn.taken(now, sku))
              .as(sku)
              .isLessThanOrEqualTo(Math.max(drawn.size(sku), drawn.taken(drawn.world(), sku)));
        }
      });
    }
  }

  private static Instant since(Case drawn, PersonKey person) {
    return drawn.world().standings().stream()
        .filter(s -> s.person().equals(person))
        .flatMap(
            s -> s instanceof Standing.InScope(var desired) ? desired.firstDay().stream() : null)
        .findFirst()
        .orElse(Instant.EPOCH);
  }

  /// Who needs one seat of a licence waits only where nobody later in the order got one.
  @Test
  void aSeatGoesToTheFirstWhoWaits() {
    overWorlds((drawn, _) -> {
      var order =
          Comparator.<PersonKey, Instant>comparing(p -> since(drawn, p))
              .thenComparing(Comparator.naturalOrder());
      var plan = drawn.plan(drawn.world(), WhenFull.WAIT);
      var open = drawn.plan(drawn.world(), WhenFull.OVERDRAW);
      var seats = drawn.seats(drawn.world(), WhenFull.WAIT);
      var needs = new HashMap<PersonKey, Set<String>>();
      open.changes().forEach(c -> needs.put(c.person(), gains(drawn, seats, c)));
      var given =
          plan.changes().stream()
              .filter(c -> !gains(drawn, seats, c).isEmpty())
              .map(Change::person)
              .toList();
      for (var one : plan.waiting()) {
        var needed = needs.getOrDefault(one.person(), Set.of());
        if (!one.what().equals(Waiting.SEAT) || needed.size() != 1) continue;
        for (var other : given) {
          boolean later = order.compare(other, one.person()) > 0;
          assertThat(later && needs.getOrDefault(other, Set.of()).containsAll(needed))
              .as("%s waits, %s gets %s", one.person(), other, needed)
              .isFalse();
        }
      }
    });
  }

  /// An account that stays locked gets roles, and no seat where only open ones have them.
  private static Set<String> gains(Case drawn, Seats seats, Change change) {
    boolean isLocked =
        drawn.world().links().stream()
            .filter(l -> l.person().equals(change.person()))
            .flatMap(l -> drawn.world().accounts().stream().filter(a -> a.id().equals(l.account())))
            .anyMatch(a -> !a.isActive());
    boolean staysLocked = isLocked && change.lane() != Lane.JOINER;
    if (staysLocked && !drawn.manner().lockedToo()) return Set.of();
    var gains = new HashSet<>(seats.due(Grants.after(change)));
    gains.removeAll(seats.due(Grants.before(change)));
    return gains;
  }

  @Test
  void whereThereIsRoomNobodyNotices() {
    overWorlds((drawn, _) -> {
      var wide = new HashMap<String, Long>();
      POOLS.keySet().forEach(sku -> wide.put(sku, 1_000L));
      var roomy = new Case(drawn.world(), wide, drawn.manner(), drawn.planner());
      assertThat(roomy.plan(drawn.world(), WhenFull.WAIT))
          .isEqualTo(drawn.planner().plan(drawn.world()));
      assertThat(drawn.plan(drawn.world(), WhenFull.OVERDRAW))
          .isEqualTo(drawn.planner().plan(drawn.world()));
    });
  }

  /// Law 7, as far as there are seats: what is left waits for a seat, and says so.
  @Test
  void whoIsNotPlannedForWaitsWithAFinding() {
    overWorlds((drawn, _) -> {
      var world = drawn.world();
      var plan = drawn.plan(world, WhenFull.WAIT);
      for (int round = 0; round < 12 && plan.changes().stream().anyMatch(c -> !c.held()); round++) {
        var model = new ModelTarget(world);
        model.apply(plan);
        world = model.world(world);
        plan = drawn.plan(world, WhenFull.WAIT);
      }
      assertThat(plan.changes()).allMatch(Change::held);
      var left = drawn.planner().plan(world).changes().stream().map(Change::person);
      var told = plan.waiting().stream().map(Waiting::person).collect(Collectors.toSet());
      plan.changes().forEach(c -> told.add(c.person()));
      assertThat(told).containsAll(left.toList());
      boolean waits = plan.waiting().stream().anyMatch(w -> w.what().equals(Waiting.SEAT));
      assertThat(
              plan.findings().stream().map(Problem::code).anyMatch(Code.LICENCE_POOL_FULL::equals))
          .isEqualTo(waits);
    });
  }

  /// Of two licences the dearest counts: who gives it up needs a seat of the other one.
  @Test
  void whoGivesUpTheDearestKeepsItUntilTheCheaperOneIsFree() {
    var accounts =
        List.of(
            account("a0", "E0", true, List.of("Agent", "Lead")),
            account("a1", "E1", true, List.of("Agent")));
    var standings = new ArrayList<Standing>();
    standings.add(Rules.in("E0", "E0@x", "roles", json(List.of("Agent"))));
    standings.add(Rules.in("E1", "E1@x", "roles", json(List.of("Agent"))));
    var links = List.of(Rules.link("E0", "a0"), Rules.link("E1", "a1"));
    var planner = new Planner(Rules.USER, Rules.policy("externalId"));
    var full =
        new Case(
            new World(standings, true, accounts, links),
            Map.of("CX2", 1L, "CX3", 1L),
            Manner.GENESYS,
            planner);
    assertThat(full.plan(full.world(), WhenFull.WAIT).changes()).isEmpty();
    var sizes = Map.of("CX2", 2L, "CX3", 1L);
    var roomy = new Case(full.world(), sizes, Manner.GENESYS, planner);
    assertThat(roomy.plan(full.world(), WhenFull.WAIT).changes()).hasSize(1);
  }
}
