package dev.tenure.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.id.AccountId;
import dev.tenure.policy.LeaverPolicy;
import dev.tenure.problem.Problem;
import dev.tenure.target.Account;
import dev.tenure.target.Request;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// Apply, then undo: everything is as it was, but what was deleted, and that is said. One world
/// again: `-Dlaw.seed=…`.
class UndoLawTest {
  private static final int WORLDS = Integer.getInteger("law.cases", 400);

  @Test
  void undoRestoresWhatWasThere() {
    var only = Optional.ofNullable(Long.getLong("law.seed"));
    var restored = 0;
    for (long i = 0; i < (only.isPresent() ? 1 : WORLDS); i++) {
      long seed = only.orElse(i);
      try {
        restored += undone(seed);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("again with -Dlaw.seed=" + seed + ": " + e.getMessage(), e);
      }
    }
    assertThat(restored).isGreaterThan(only.isPresent() ? -1 : WORLDS);
  }

  private static int undone(long seed) {
    var lots = new Lots(new Random(seed));
    var policy = lots.policy();
    var world = lots.world();
    var planner = new Planner(Rules.USER, policy);
    var plan = planner.plan(world);
    var target = new ModelTarget(world);
    target.apply(plan);
    var after = target.world(world);
    var done = plan.changes().stream().filter(c -> !c.held()).toList();
    var undone = Undo.of(new Undo.Applied("1", done, plan.links()), after, Rules.USER);
    // As it is kept and sent: past the planner, with everything let through.
    var open = new Planner(Rules.USER, Rules.with(policy, LeaverPolicy.DEACTIVATE, Rules.OPEN));
    target.apply(open.decided(after, undone.changes(), List.of(), undone.findings()));
    var lost = deleted(done);
    assertThat(accounts(target.world(world).accounts()))
        .isEqualTo(
            accounts(world.accounts().stream().filter(a -> !lost.containsKey(a.id())).toList()));
    assertThat(memberships(target.world(world), lost)).isEqualTo(memberships(world, lost));
    assertThat(undone.findings().stream().filter(f -> f.details().containsKey("person")))
        .hasSameSizeAs(lost.keySet());
    assertThat(undone.unlinks()).isSubsetOf(plan.links());
    return undone.changes().size();
  }

  private static Map<AccountId, Change> deleted(List<Change> done) {
    return done.stream()
        .filter(c -> c.request() instanceof Request.Delete)
        .collect(Collectors.toMap(c -> ((Request.Delete) c.request()).account(), c -> c));
  }

  /// Who is in which group, without accounts that were deleted and groups that are new.
  private static Map<String, Set<AccountId>> memberships(World world, Map<AccountId, Change> lost) {
    var all = new TreeMap<String, Set<AccountId>>();
    for (var group : world.memberships().map(Memberships::groups).orElse(List.of())) {
      if (group.id().value().startsWith("made")) continue;
      all.put(group.id().value(), new HashSet<>());
    }
    world
        .memberships()
        .ifPresent(seen ->
            seen.byAccount()
                .forEach((account, groups) -> {
                  if (lost.containsKey(account)) return;
                  for (var group : groups) {
                    var members = all.get(group.value());
                    if (members != null) members.add(account);
                  }
                }));
    return all;
  }

  /// Without `schemas`: they follow from the rest (RFC 7643 §3).
  private static Map<String, ObjectNode> accounts(List<Account> accounts) {
    var all = new TreeMap<String, ObjectNode>();
    for (var account : accounts) {
      var json = account.resource().json();
      json.remove("schemas");
      all.put(account.id().value(), json);
    }
    return all;
  }

  @Test
  void whatSomebodyChangedSinceIsLeftAlone() {
    var before = Rules.ours("7", "E1", "ann@x", ",\"title\":\"Agent\",\"nickName\":\"A\"");
    var world =
        new World(
            List.of(Rules.in("E1", "ann@x", "title", "\"Lead\"")),
            true,
            List.of(before),
            List.of(Rules.link("E1", "7")));
    var plan = new Planner(Rules.USER, Rules.policy("externalId")).plan(world);
    var touched = Rules.ours("7", "E1", "ann@x", ",\"title\":\"Head\",\"nickName\":\"A\"");
    var now = new World(world.standings(), true, List.of(touched), world.links());
    var undone = Undo.of(new Undo.Applied("1", plan.changes(), plan.links()), now, Rules.USER);
    assertThat(undone.changes()).isEmpty();
    assertThat(undone.findings())
        .singleElement()
        .extracting(Problem::message)
        .asString()
        .contains("title was changed since");
  }
}
