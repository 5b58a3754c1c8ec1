package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.deliver.ChangeState;
import dev.tenure.deliver.Choice;
import dev.tenure.deliver.PlanNumber;
import dev.tenure.deliver.Plans.Approval;
import dev.tenure.deliver.StoredChange;
import dev.tenure.flow.Turn;
import dev.tenure.id.PersonKey;
import dev.tenure.plan.Membership;
import dev.tenure.testkit.ScimCalls;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Turns of a flow that manages groups, from a hosted organization by its feed into another one:
/// they decide about those whom something concerns, and read neither end for it.
class GroupTurnTest {
  private static final String YAML =
      """
      sources:
        hub: {organization: {name: hub}}
      targets:
        acme: {organization: acme}
      organizations:
        hub: {clients: {idp: {token: "${env:ACME_TOKEN}"}}}
        acme: {clients: {idp: {token: "${env:ACME_TOKEN}"}}}
      tables:
        teams: {Agent: [Everybody, Agents], Lead: [Everybody, Leads], Seller: [Everybody, Sales]}
      flows:
        people:
          source: hub
          target: acme
          every: 1h
          match: [externalId]
          map: {userName: userName, title: title}
          groups: {value: 'lookupAll("teams", title)', missing: create}
          leaver:
            disabledInSource: [deactivate, revoke-sessions, remove-groups]
            goneFromSource: [deactivate, revoke-sessions, remove-groups]
          guard: {memberships: {count: 2, share: 1%}, leavers: 2, share: 1%}
      """;

  private static final Map<String, Integer> NOTHING = Map.of();
  private static final int TURNS_MAX = 10;

  private final Site site = Site.with(YAML);
  private Work work = Work.at(site);
  private final CountedReads counted = new CountedReads(work.flow());
  private final Map<String, String> ids = new HashMap<>();

  @AfterEach
  void close() {
    work.close();
    site.close();
  }

  private ScimCalls hub() {
    return Site.calls(work.place(), "hub");
  }

  /// Agents, beside a lead and a seller.
  private void hired(String... people) throws InterruptedException {
    hire("lea", "Lead");
    hire("sam", "Seller");
    for (var person : people) hire(person, "Agent");
    settle();
    assertThat(work.groups())
        .containsEntry("Leads", names("lea"))
        .containsEntry("Sales", names("sam"))
        .containsEntry("Agents", names(people));
    counted.since();
  }

  private void hire(String name, String title) {
    var user =
        """
        {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"%s@x.org",
         "title":"%s","active":true}\
        """
            .formatted(name, title);
    ids.put(name, hub().create(user));
  }

  private void patch(String name, String path, String value) {
    var body =
        """
        {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
         "Operations":[{"op":"replace","path":"%s","value":%s}]}\
        """
            .formatted(path, value);
    var answer = hub().send("PATCH", "/scim/v2/Users/" + ids.get(name), body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  private void promote(String name, String title) {
    patch(name, "title", "\"" + title + "\"");
  }

  private Turn turn() throws InterruptedException {
    return work.place().cycle().turn(counted.flow(), true);
  }

  /// A turn that plans, and is called away before it sends anything.
  private Turn calledAway() throws InterruptedException {
    return work.place().cycle().turn(counted.flow(), true, () -> true);
  }

  private void settle() throws InterruptedException {
    var turn = turn();
    for (var turns = 0; turn.nextDue().isPresent() || turn.more(); turns++) {
      assertThat(turns).isLessThan(TURNS_MAX);
      if (turn.nextDue().isPresent()) await(turn.nextDue().get());
      turn = turn();
    }
  }

  /// What is tried again is due in a second.
  private static void await(Instant due) throws InterruptedException {
    var left = Duration.between(Instant.now(), due).plusMillis(1);
    assertThat(left).isLessThan(Duration.ofMinutes(1));
    if (left.isPositive()) Thread.sleep(left);
  }

  private void assertNothingIsMissed() throws InterruptedException {
    assertThat(work.plan().plan().changes()).isEmpty();
  }

  private PersonKey key(String name) {
    return new PersonKey(java.util.Objects.requireNonNull(ids.get(name)));
  }

  private static Set<String> names(String... names) {
    var all = new TreeSet<String>();
    for (var name : names) all.add(name + "@x.org");
    return all;
  }

  private boolean isActive(String name) {
    return work.acme().user(name + "@x.org").path("active").asBoolean(true);
  }

  private List<StoredChange> changes(PlanNumber plan) {
    return work.place().plans().changes(work.flow().id(), plan, work.flow().target().userType());
  }

  /// The memberships of a plan, as person and group, by what became of them.
  private Map<ChangeState, Set<String>> shares(PlanNumber plan) {
    var shares = new TreeMap<ChangeState, Set<String>>();
    for (var stored : changes(plan)) {
      for (var one : Membership.of(stored.change())) {
        var share = one.name().replace("@x.org", "") + (one.joins() ? "+" : "-") + one.in().name();
        shares.computeIfAbsent(stored.state(), _ -> new TreeSet<>()).add(share);
      }
    }
    return shares;
  }

  private static PlanNumber number(Turn turn) {
    return turn.report().orElseThrow().number().orElseThrow();
  }

  @Test
  void aLeaverIsLockedAndOutOfTheirGroupsWhileNeitherEndIsRead() throws InterruptedException {
    hired("ann", "bob", "cyd");
    patch("bob", "active", "false");
    var turn = turn();
    assertThat(turn.about()).contains(Set.of(key("bob")));
    assertThat(isActive("bob")).isFalse();
    assertThat(work.groups())
        .containsEntry("Everybody", names("ann", "cyd", "lea", "sam"))
        .containsEntry("Agents", names("ann", "cyd"));
    assertThat(counted.since()).isEqualTo(NOTHING);
    var receipts = work.place().plans().receipts(work.flow().id(), number(turn), 10);
    assertThat(receipts).singleElement().satisfies(r -> assertThat(r.steps()).hasSize(2));
    assertNothingIsMissed();
  }

  @Test
  void joinersAndMoversComeIntoTheirGroupsWhileNeitherEndIsRead() throws InterruptedException {
    hired("ann", "bob");
    hire("cyd", "Agent");
    promote("bob", "Lead");
    turn();
    turn();
    assertThat(work.groups())
        .containsEntry("Everybody", names("ann", "bob", "cyd", "lea", "sam"))
        .containsEntry("Agents", names("ann", "cyd"))
        .containsEntry("Leads", names("bob", "lea"));
    assertThat(counted.since()).isEqualTo(NOTHING);
    assertNothingIsMissed();
  }

  @Test
  void othersKeepTheirPlaceInARequestThatIsDivided() throws InterruptedException {
    hired("ann", "bob", "cyd");
    for (var name : List.of("ann", "bob")) promote(name, "Lead");
    var first = number(calledAway());
    promote("bob", "Seller");
    var second = number(calledAway());
    assertThat(shares(first))
        .isEqualTo(
            Map.of(
                ChangeState.WAITING,
                Set.of("ann+Leads", "ann-Agents", "bob-Agents"),
                ChangeState.SUPERSEDED,
                Set.of("bob+Leads")));
    assertThat(shares(second)).isEqualTo(Map.of(ChangeState.WAITING, Set.of("bob+Sales")));
    patch("ann", "active", "false");
    var third = number(turn());
    assertThat(shares(first).get(ChangeState.SUPERSEDED))
        .containsExactly("ann+Leads", "ann-Agents", "bob+Leads");
    assertThat(shares(third).get(ChangeState.DONE)).containsExactly("ann-Agents", "ann-Everybody");
    settle();
    assertThat(work.groups())
        .containsEntry("Agents", names("cyd"))
        .containsEntry("Leads", names("lea"))
        .containsEntry("Sales", names("bob", "sam"))
        .containsEntry("Everybody", names("bob", "cyd", "lea", "sam"));
    assertNothingIsMissed();
  }

  private void approveAll(PlanNumber plan) {
    work.place().plans().approve(work.flow().id(), new Approval(plan, Choice.ALL), "anna");
  }

  @Test
  void aLeaverGoesOutOfWhatIsHeldAndTheOthersStayHeld() throws InterruptedException {
    hired("ann", "bob", "cyd", "dan");
    for (var name : List.of("ann", "bob", "cyd")) promote(name, "Lead");
    var held = number(turn());
    assertThat(shares(held).get(ChangeState.HELD)).hasSize(6);
    assertThat(work.groups()).containsEntry("Agents", names("ann", "bob", "cyd", "dan"));
    patch("ann", "active", "false");
    turn();
    assertThat(isActive("ann")).isFalse();
    assertThat(work.groups()).containsEntry("Agents", names("bob", "cyd", "dan"));
    assertThat(shares(held).get(ChangeState.HELD))
        .containsExactly("bob+Leads", "bob-Agents", "cyd+Leads", "cyd-Agents");
    approveAll(held);
    settle();
    assertThat(work.groups())
        .containsEntry("Agents", names("dan"))
        .containsEntry("Leads", names("bob", "cyd", "lea"));
    assertNothingIsMissed();
  }

  @Test
  void whatMayHaveBeenSentIsTakenBack() throws InterruptedException {
    hired("ann", "bob");
    promote("bob", "Lead");
    turn();
    promote("ann", "Lead");
    calledAway();
    // a node died while it sent these, and one of them had arrived
    site.sql(
        "update change set state = 'leased', attempts = 1, leased_by = 'dead', lease_until = now()"
            + " where state = 'waiting'");
    put("ann", "Leads");
    promote("ann", "Seller");
    var turn = turn();
    assertThat(turn.about()).contains(Set.of(key("ann")));
    settle();
    assertThat(work.groups())
        .containsEntry("Leads", names("bob", "lea"))
        .containsEntry("Sales", names("ann", "sam"))
        .containsEntry("Agents", names());
    assertNothingIsMissed();
  }

  /// Somebody else puts an account into a group.
  private void put(String name, String group) {
    var account = work.acme().user(name + "@x.org").path("id").asString("");
    var body =
        """
        {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
         "Operations":[{"op":"add","path":"members","value":[{"value":"%s"}]}]}\
        """
            .formatted(account);
    var answer = work.acme().send("PATCH", "/scim/v2/Groups/" + group(group), body);
    assertThat(answer.status()).as(answer.body()).isBetween(200, 204);
  }

  private String group(String name) {
    var list = work.acme().send("GET", "/scim/v2/Groups?count=100", "").json();
    for (var group : list.path("Resources")) {
      if (group.path("displayName").asString("").equals(name)) return group.path("id").asString("");
    }
    throw new AssertionError("no group " + name);
  }

  @Test
  void aGroupThatIsGoneHasEverybodyDecidedOnWhenItIsTime() throws InterruptedException {
    hired("ann", "bob");
    var path = "/scim/v2/Groups/" + group("Agents");
    assertThat(work.acme().send("DELETE", path, "").status()).isEqualTo(204);
    promote("bob", "Lead");
    var turn = turn();
    assertThat(turn.about()).contains(Set.of(key("bob")));
    assertThat(turn().about()).isEmpty();
    settle();
    assertThat(work.groups())
        .containsEntry("Agents", names("ann"))
        .containsEntry("Leads", names("bob", "lea"));
    assertNothingIsMissed();
  }

  @Test
  void groupsThatCannotBeReadDelayNobodysAccount() throws InterruptedException {
    hired("ann", "bob");
    site.sql("update flow_state set groups_at = null, groups_due = true");
    patch("ann", "active", "false");
    var called = work.place().cycle().turn(counted.flow(), false);
    assertThat(called.about()).contains(Set.of());
    work.place().cycle().turn(counted.flow(), true);
    assertThat(isActive("ann")).isFalse();
    assertThat(work.groups()).containsEntry("Agents", names("bob"));
    assertNothingIsMissed();
  }

  /// Which id it got is not in the answer: the groups are asked for it.
  @Test
  void aGroupThatWasMadeIsKnownAtOnce() throws InterruptedException {
    hire("ann", "Agent");
    hire("bob", "Agent");
    settle();
    counted.since();
    promote("bob", "Lead");
    turn();
    assertThat(counted.since()).isEqualTo(Map.of("target.groups", 1));
    patch("bob", "active", "false");
    turn();
    assertThat(work.groups()).containsEntry("Leads", names());
    assertThat(counted.since()).isEqualTo(NOTHING);
    assertNothingIsMissed();
  }

  @Test
  void anEvictionTakesSomebodyOutOfWhatIsHeldWithOthers() throws InterruptedException {
    hired("ann", "bob", "cyd");
    for (var name : List.of("ann", "bob", "cyd")) patch(name, "active", "false");
    var held = number(turn());
    assertThat(shares(held).get(ChangeState.HELD)).hasSize(6);
    work.close();
    var evicted = site.run("evict", key("ann").value(), "--reason", "now");
    assertThat(evicted.exit()).as(evicted.out() + evicted.err()).isZero();
    work = Work.at(site);
    assertThat(isActive("ann")).isFalse();
    assertThat(isActive("bob")).isTrue();
    assertThat(work.groups()).containsEntry("Agents", names("bob", "cyd"));
    assertThat(shares(held).get(ChangeState.HELD))
        .containsExactly("bob-Agents", "bob-Everybody", "cyd-Agents", "cyd-Everybody");
  }

  @Test
  void anEvictionTakesSomebodyOutOfTheirGroupsAtOnce() throws InterruptedException {
    hired("ann", "bob");
    work.close();
    var evicted = site.run("evict", key("ann").value(), "--reason", "now");
    assertThat(evicted.exit()).as(evicted.out() + evicted.err()).isZero();
    work = Work.at(site);
    assertThat(isActive("ann")).isFalse();
    assertThat(work.groups()).containsEntry("Agents", names("bob"));
  }
}
