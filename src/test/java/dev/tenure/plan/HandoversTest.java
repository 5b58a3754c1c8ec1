package dev.tenure.plan;

import static dev.tenure.plan.Rules.USER;
import static dev.tenure.plan.Rules.in;
import static dev.tenure.plan.Rules.link;
import static dev.tenure.plan.Rules.ours;
import static dev.tenure.plan.Rules.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.tenure.policy.Standing;
import dev.tenure.target.Account;
import java.util.List;
import org.junit.jupiter.api.Test;

/// UserNames that change hands, by one plan.
class HandoversTest {
  private static final PlanPolicy POLICY = policy("externalId", "userName", "emails.value!");

  private static Plan plan(List<Standing> standings, List<Account> accounts, Link... links) {
    return plan(POLICY, new World(standings, true, accounts, List.of(links)));
  }

  private static Plan plan(PlanPolicy policy, World world) {
    return new Planner(USER, policy).plan(world);
  }

  @Test
  void twoPeopleSwapTheirNames() {
    var plan =
        plan(
            List.of(in("E1", "bob@x"), in("E2", "ann@x")),
            List.of(ours("a1", "E1", "ann@x", ""), ours("a2", "E2", "bob@x", "")),
            link("E1", "a1"),
            link("E2", "a2"));
    assertThat(plan.findings()).isEmpty();
    assertThat(plan.changes())
        .extracting(Change::handover)
        .containsExactly(
            new Handover("ann@x", "bob@x", "ann.moving@x"), new Handover("bob@x", "ann@x", ""));
    assertThat(PlanSummary.of(plan).requests()).isEqualTo(3);
    assertThat(plan.changes().getFirst().reasons().getFirst().because())
        .endsWith("; after 'bob@x' has given it up, 'ann.moving@x' until then");
  }

  @Test
  void aNewcomerTakesTheOldNameOfSomebodyWhoIsRenamed() {
    var plan =
        plan(
            List.of(in("E1", "ann.new@x"), in("E2", "ann@x")),
            List.of(ours("a1", "E1", "ann@x", "")),
            link("E1", "a1"));
    assertThat(plan.findings()).isEmpty();
    assertThat(plan.changes())
        .extracting(c -> c.person().value(), Change::handover)
        .containsExactly(
            tuple("E2", new Handover("", "ann@x", "")), tuple("E1", new Handover("ann@x", "", "")));
  }

  @Test
  void aNameThatIsNotGivenUpIsNotTakenByThoseBehindEither() {
    var plan =
        plan(
            List.of(in("E1", "bob@x"), in("E2", "ann@x"), in("E3", "cy@x")),
            List.of(
                ours("a1", "E1", "ann@x", ""),
                ours("a2", "E2", "zoe@x", ""),
                ours("a9", "E9", "bob@x", "")),
            link("E1", "a1"),
            link("E2", "a2"));
    assertThat(plan.changes()).extracting(c -> c.person().value()).containsExactly("E3");
    assertThat(plan.findings())
        .extracting(f -> f.details().get("person"))
        .containsExactlyInAnyOrder("E1", "E2");
  }

  @Test
  void anAccountWithThePersonsKeyIsTheirsWhoeverHasItsName() {
    var adopting = policy("externalId", "userName!");
    var world =
        new World(
            List.of(in("E1", "ann@x"), in("E2", "bob@x")),
            true,
            List.of(ours("a2", "E2", "ann@x", "")),
            List.of());
    var plan = plan(adopting, world);
    assertThat(plan.links()).containsExactly(link("E2", "a2"));
    assertThat(plan.changes()).extracting(c -> c.person().value()).containsExactly("E2");
    assertThat(plan.findings()).extracting(f -> f.details().get("person")).containsExactly("E1");
  }
}
