package dev.tenure.plan;

import static dev.tenure.plan.Rules.USER;
import static dev.tenure.plan.Rules.account;
import static dev.tenure.plan.Rules.in;
import static dev.tenure.plan.Rules.link;
import static dev.tenure.plan.Rules.mapped;
import static dev.tenure.plan.Rules.ours;
import static dev.tenure.plan.Rules.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.id.PersonKey;
import dev.tenure.policy.Desired;
import dev.tenure.policy.Desired.Mapped;
import dev.tenure.policy.Desired.Owner;
import dev.tenure.policy.Desired.Rest;
import dev.tenure.policy.LeaverStep;
import dev.tenure.policy.LeaverStep.Kind;
import dev.tenure.policy.LeaverTable;
import dev.tenure.policy.Standing;
import dev.tenure.policy.Standing.LeaverEvent;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.scim.message.PatchRequest;
import dev.tenure.target.Account;
import dev.tenure.target.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What the planner finds out for the rules: unique values, other people's accounts, steps whose
/// time has come, and whom it leaves alone.
class SettlingTest {
  private static final PlanPolicy POLICY = policy("externalId", "userName");
  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

  private static Plan plan(List<Standing> standings, List<Account> accounts, Link... links) {
    return new Planner(USER, POLICY).plan(new World(standings, true, accounts, List.of(links)));
  }

  /// Somebody whose userName is the first free of these.
  private static Standing choosing(String person, String... candidates) {
    return with(
        person,
        mapped("userName", "\"" + candidates[0] + "\""),
        new Rest.FirstFree(List.of(candidates), 5));
  }

  private static Standing with(String person, Mapped mapped, Rest rest) {
    var attributes = new ArrayList<>(in(person, person + "@x").desired().attributes());
    attributes.removeIf(m -> m.path().equals(mapped.path()));
    attributes.add(
        new Mapped(mapped.path(), mapped.value(), Owner.ALWAYS, "the rule", rest, false));
    return new Standing.InScope(new Desired(new PersonKey(person), attributes, "all"));
  }

  private static List<String> created(Plan plan) {
    return plan.changes().stream()
        .map(c -> ((Request.Create) c.request()).account().text("userName").orElseThrow())
        .toList();
  }

  @Test
  void theFirstFreeNameIsTakenAmongAccountsAndEarlierPeople() {
    var accounts = List.of(account("9", "{\"userName\":\"ANN\",\"externalId\":\"other\"}"));
    var plan =
        plan(
            List.of(
                choosing("E3", "ann", "ann{n}"),
                choosing("E2", "ann", "bea", "ann{n}"),
                choosing("E1", "ann", "ann{n}")),
            accounts);
    assertThat(plan.findings()).isEmpty();
    assertThat(created(plan)).containsExactly("ann2", "bea", "ann3");
  }

  @Test
  void whoHasOneOfTheNamesKeepsItEvenWhenABetterOneIsFree() {
    var accounts = List.of(ours("7", "E1", "ann2", ""));
    var standings = List.of(choosing("E1", "ann", "ann{n}"));
    assertThat(plan(standings, accounts, link("E1", "7")).changes()).isEmpty();
    var found = plan(standings, accounts);
    assertThat(found.changes()).isEmpty();
    assertThat(found.links()).containsExactly(link("E1", "7"));
  }

  @Test
  void anAccountThatBelongsToNobodyIsTheirsIfAMatchRuleSaysSo() {
    var accounts = List.of(account("7", "{\"userName\":\"ann\",\"active\":true}"));
    var plan = plan(List.of(choosing("E1", "ann", "ann{n}")), accounts);
    assertThat(plan.links()).containsExactly(link("E1", "7"));
  }

  @Test
  void whereNothingIsFreeThereIsAFindingAndTheOthersGoOn() {
    var accounts =
        List.of(
            account("8", "{\"userName\":\"ann\",\"externalId\":\"x\"}"),
            account("9", "{\"userName\":\"bea\",\"externalId\":\"y\"}"));
    var plan = plan(List.of(choosing("E1", "ann", "bea"), choosing("E2", "cid", "dan")), accounts);
    assertThat(plan.findings()).extracting(Problem::code).containsExactly(Code.MAP_NOT_UNIQUE);
    assertThat(plan.findings().getFirst().details())
        .containsEntry("person", "E1")
        .containsEntry("candidates", "2");
    assertThat(created(plan)).containsExactly("cid");
  }

  private static Standing managed(String person, String by, String manager) {
    return with(person, mapped("manager.value", "null"), new Rest.AccountOf(by, manager, false));
  }

  @Test
  void aManagerIsFilledInWhenTheAccountExistsAndWaitedForUntilThen() {
    var standings = List.of(in("E1", "boss@x"), managed("E2", "key", "E1"));
    var first = plan(standings, List.of());
    assertThat(first.findings()).isEmpty();
    assertThat(first.changes()).hasSize(2);
    assertThat(first.waiting())
        .singleElement()
        .satisfies(w -> {
          assertThat(w.person().value()).isEqualTo("E2");
          assertThat(w.what()).endsWith("manager.value");
          assertThat(w.why()).contains("E1");
        });
    var accounts = List.of(ours("1", "E1", "boss@x", ""), ours("2", "E2", "E2@x", ""));
    var second = plan(standings, accounts, link("E1", "1"), link("E2", "2"));
    assertThat(second.waiting()).isEmpty();
    var patch = (Request.Patch) second.changes().getFirst().request();
    assertThat(PatchRequest.render(patch.operations()).toString())
        .contains("manager.value")
        .contains("\"value\":\"1\"");
  }

  @Test
  void aManagerMayBeKnownByAnotherAttribute() {
    var boss = in("E1", "boss@x");
    var known =
        new Standing.InScope(
            new Desired(
                boss.person(),
                boss.desired().attributes(),
                "all",
                Map.of("distinguishedName", "CN=Boss,DC=x"),
                Optional.empty()));
    var standings = List.of(known, managed("E2", "distinguishedName", "cn=boss,dc=X"));
    var accounts = List.of(ours("1", "E1", "boss@x", ""), ours("2", "E2", "E2@x", ""));
    var plan = plan(standings, accounts, link("E1", "1"), link("E2", "2"));
    assertThat(plan.waiting()).isEmpty();
    assertThat(plan.changes()).hasSize(1);
  }

  private static LeaverTable table(LeaverStep... steps) {
    return new LeaverTable(Map.of(LeaverEvent.GONE_FROM_SOURCE, List.of(steps)));
  }

  private static Plan leaving(Account account, LeaveTimes times) {
    var steps =
        table(
            LeaverStep.now(Kind.DEACTIVATE),
            LeaverStep.now(Kind.REMOVE_ROLES),
            new LeaverStep(Kind.DELETE, Duration.ofDays(30)));
    var corp = Optional.of("corp");
    var rules = new PlanPolicy(POLICY.match(), steps, Rules.OPEN, corp, Set.of(), Optional.empty());
    var links = List.of(link("E1", "7"));
    var world = new World(List.of(), true, List.of(account), links).with(times, Map.of());
    return new Planner(USER, rules).plan(world);
  }

  @Test
  void allStepsThatAreDueAreOneRequestAndLaterOnesAreWaitedFor() {
    var plan =
        leaving(ours("7", "E1", "ann@x", ",\"roles\":[{\"value\":\"Agent\"}]"), LeaveTimes.UNKNOWN);
    var change = plan.changes().getFirst();
    assertThat(change.lane()).isEqualTo(Lane.LEAVER);
    assertThat(((Request.Patch) change.request()).operations()).hasSize(2);
    assertThat(change.reasons())
        .extracting(Change.Reason::attribute)
        .containsExactly("active", "roles");
    assertThat(plan.waiting())
        .containsExactly(
            new Waiting(
                new PersonKey("E1"),
                "delete",
                "delete after 30d after leaving, a time not known",
                Optional.empty()));
  }

  @Test
  void aDelayedStepIsTakenWhenItsTimeHasCome() {
    var locked = account("7", "{\"externalId\":\"E1\",\"userName\":\"ann@x\",\"active\":false}");
    var since = NOON.minus(Duration.ofDays(30));
    var early =
        new LeaveTimes(Optional.of(NOON.minusSeconds(1)), Map.of(new PersonKey("E1"), since));
    assertThat(leaving(locked, early).changes()).isEmpty();
    assertThat(leaving(locked, early).waiting())
        .extracting(Waiting::due)
        .containsExactly(Optional.of(NOON));
    var due = new LeaveTimes(Optional.of(NOON), Map.of(new PersonKey("E1"), since));
    assertThat(leaving(locked, due).changes().getFirst().request())
        .isInstanceOf(Request.Delete.class);
    assertThat(leaving(locked, due).waiting()).isEmpty();
  }

  @Test
  void nothingOfAProtectedPersonIsWrittenWhetherThereOrGone() {
    var accounts = List.of(ours("7", "E1", "ann@x", ""), ours("8", "E2", "bea@x", ""));
    var rules =
        new PlanPolicy(
            policy("externalId", "userName!").match(),
            table(LeaverStep.now(Kind.DEACTIVATE)),
            Rules.OPEN,
            Optional.of("corp"),
            Set.of(new PersonKey("E2")),
            Optional.empty());
    List<Standing> standings =
        List.of(new Standing.Protected(new PersonKey("E1"), "board"), in("E3", "ann@x"));
    var world = new World(standings, true, accounts, List.of(link("E2", "8")));
    var plan = new Planner(USER, rules).plan(world);
    assertThat(plan.changes()).isEmpty();
    assertThat(plan.findings()).extracting(Problem::code).containsExactly(Code.MATCH_CONFLICT);
  }

  @Test
  void aReHireGetsWhatIsSetAtCreationAgainButNotWhatIsTheTargets() {
    var base = in("E1", "ann@x").desired();
    var attributes = new ArrayList<>(base.attributes());
    attributes.add(owned("preferredLanguage", "\"de\"", Owner.ON_CREATE));
    attributes.add(owned("timezone", "\"Europe/Berlin\"", Owner.TARGET));
    var standing = new Standing.InScope(base.with(attributes));
    var more = ",\"preferredLanguage\":\"en\",\"timezone\":\"Asia/Tokyo\"";
    assertThat(
            plan(List.of(standing), List.of(ours("7", "E1", "ann@x", more)), link("E1", "7"))
                .changes())
        .isEmpty();
    var locked =
        account("7", "{\"externalId\":\"E1\",\"userName\":\"ann@x\",\"active\":false" + more + "}");
    var change = plan(List.of(standing), List.of(locked), link("E1", "7")).changes().getFirst();
    assertThat(PatchRequest.render(((Request.Patch) change.request()).operations()).toString())
        .contains("preferredLanguage")
        .doesNotContain("timezone");
  }

  private static Mapped owned(String path, String json, Owner owner) {
    var mapped = mapped(path, json);
    return new Mapped(mapped.path(), mapped.value(), owner, mapped.rule());
  }
}
