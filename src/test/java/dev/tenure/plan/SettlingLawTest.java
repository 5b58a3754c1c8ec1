package dev.tenure.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.id.PersonKey;
import dev.tenure.policy.Desired.Mapped;
import dev.tenure.policy.Desired.Owner;
import dev.tenure.policy.Desired.Rest;
import dev.tenure.policy.Standing;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.target.Account;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Unique names and references over generated worlds, with people who come and go. One world again:
/// `-Dlaw.seed=…`.
class SettlingLawTest {
  private static final int WORLDS = 300;
  private static final List<String> NAMES = List.of("ann", "bea", "Ann", "cid");
  private static final Planner PLANNER =
      new Planner(Rules.USER, Rules.policy("externalId", "userName"));

  private interface Law {
    void holds(World world, RandomGenerator random);
  }

  private static void overWorlds(Law law) {
    var only = Optional.ofNullable(Long.getLong("law.seed"));
    for (long i = 0; i < (only.isPresent() ? 1 : WORLDS); i++) {
      long seed = only.orElse(i);
      var random = new Random(seed);
      try {
        law.holds(world(random), random);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("again with -Dlaw.seed=" + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private static World world(RandomGenerator random) {
    int size = 1 + random.nextInt(12);
    var standings = new ArrayList<Standing>();
    var accounts = new ArrayList<Account>();
    var links = new ArrayList<Link>();
    for (int i = 0; i < size; i++) {
      standings.add(person("E" + i, size, random));
      if (random.nextInt(3) > 0) continue;
      var owner = random.nextBoolean() ? "E" + i : "other" + i;
      accounts.add(Rules.ours("a" + i, owner, "ann" + (i + 1), ""));
      if (owner.startsWith("E") && random.nextBoolean()) links.add(Rules.link(owner, "a" + i));
    }
    return new World(standings, true, accounts, links);
  }

  private static Standing person(String person, int size, RandomGenerator random) {
    var base = Rules.in(person, "x").desired();
    var attributes = new ArrayList<>(base.attributes());
    attributes.removeIf(m -> m.path().attribute().toString().equals("userName"));
    var name = NAMES.get(random.nextInt(NAMES.size()));
    var candidates = List.of(name, name + "." + random.nextInt(3), name + "{n}");
    attributes.add(
        open(
            Rules.mapped("userName", "\"" + name + "\""),
            new Rest.FirstFree(candidates, random.nextInt(8) == 0 ? 2 : 40)));
    var manager = "E" + random.nextInt(size + 1);
    attributes.add(
        open(Rules.mapped("manager.value", "null"), new Rest.AccountOf("key", manager, false)));
    return new Standing.InScope(base.with(attributes));
  }

  private static Mapped open(Mapped mapped, Rest rest) {
    return new Mapped(mapped.path(), mapped.value(), Owner.ALWAYS, mapped.rule(), rest, false);
  }

  /// Plans and applies until nothing changes.
  private static World settled(World world) {
    var model = new ModelTarget(world);
    var now = world;
    for (int round = 0; round < 8; round++) {
      var plan = PLANNER.plan(now);
      if (plan.changes().isEmpty() && plan.links().isEmpty()) return now;
      model.apply(plan);
      now = model.world(now);
    }
    throw new AssertionError("it does not settle");
  }

  private static Map<PersonKey, String> names(World world) {
    var ids = new HashMap<PersonKey, String>();
    for (var link : world.links()) {
      world.accounts().stream()
          .filter(a -> a.id().equals(link.account()))
          .forEach(a -> ids.put(link.person(), a.resource().text("userName").orElseThrow()));
    }
    return ids;
  }

  @Test
  void everybodyGetsANameOfTheirOwnOrAFinding() {
    overWorlds((world, _) -> {
      var end = settled(world);
      var findings = PLANNER.plan(end).findings();
      assertThat(findings).extracting(Problem::code).allMatch(c -> c == Code.MAP_NOT_UNIQUE);
      var without = new HashSet<String>();
      findings.forEach(f -> without.add(f.details().getOrDefault("person", "")));
      var names = names(end);
      var folded = names.values().stream().map(n -> n.toLowerCase(Locale.ROOT)).toList();
      assertThat(folded).doesNotHaveDuplicates();
      for (var standing : end.standings()) {
        if (without.contains(standing.person().value())) continue;
        assertThat(names).containsKey(standing.person());
        assertThat(candidates(standing))
            .anyMatch(c -> c.equalsIgnoreCase(names.getOrDefault(standing.person(), "")));
      }
    });
  }

  private static List<String> candidates(Standing standing) {
    return ((Standing.InScope) standing)
        .desired().attributes().stream()
            .flatMap(m ->
                m.rest() instanceof Rest.FirstFree free
                    ? free.all()
                    : java.util.stream.Stream.empty())
            .toList();
  }

  @Test
  void nobodyIsRenamedBecauseSomebodyElseLeaves() {
    overWorlds((world, random) -> {
      var end = settled(world);
      var fewer = new ArrayList<>(end.standings());
      fewer.remove(random.nextInt(fewer.size()));
      var plan = PLANNER.plan(new World(fewer, true, end.accounts(), end.links()));
      var renamed =
          plan.changes().stream()
              .filter(c -> c.reasons().stream().anyMatch(r -> r.attribute().equals("userName")))
              .filter(c -> names(end).containsKey(c.person()));
      assertThat(renamed).isEmpty();
    });
  }

  @Test
  void everyManagerWithAnAccountIsFilledIn() {
    overWorlds((world, _) -> {
      var end = settled(world);
      var plan = PLANNER.plan(end);
      var linked = names(end).keySet();
      for (var waiting : plan.waiting()) {
        var manager = waiting.why().replaceFirst(".*'(.*)'", "$1");
        assertThat(linked).doesNotContain(new PersonKey(manager));
      }
    });
  }

  @Test
  void theOrderOfTheInputDoesNotMatter() {
    overWorlds((world, random) -> {
      var standings = new ArrayList<>(world.standings());
      var accounts = new ArrayList<>(world.accounts());
      Collections.shuffle(standings, random);
      Collections.shuffle(accounts, random);
      var other = new World(standings, true, accounts, world.links());
      assertThat(PLANNER.plan(other)).isEqualTo(PLANNER.plan(world));
    });
  }
}
