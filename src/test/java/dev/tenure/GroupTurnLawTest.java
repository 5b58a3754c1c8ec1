package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.deliver.PlanState;
import dev.tenure.flow.Turn;
import dev.tenure.scim.ScimJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Whatever happens to people and groups, and whatever still waits, is held or was under way when a
/// node died: when the turns that decide about some people have come to rest, everybody is in the
/// groups of the rules, and a plan for everybody, from both ends read whole, finds nothing that
/// they missed. Replay: `-Dlaw.seed=…`.
class GroupTurnLawTest {
  private static final int SEEDS = Integer.getInteger("law.seeds", 4);
  private static final int ROUNDS = 6;
  private static final int TURNS_MAX = 25;

  private static final Map<String, Set<String>> TEAMS =
      Map.of(
          "Agent", Set.of("All", "Agents"),
          "Lead", Set.of("All", "Leads"),
          "Head", Set.of("All", "Leads", "Heads"));

  private static final String ADD =
      """
      {"op":"add","path":"members","value":[{"value":"%s"}]}\
      """;

  private static final String REMOVE =
      """
      {"op":"remove","path":"members[value eq \\"%s\\"]"}\
      """;

  private static final String YAML =
      """
      sources:
        hr: {csv: {file: people.csv, key: id}}
      targets:
        acme: {organization: acme}
      organizations:
        acme:
          groups: {All: {}, Agents: {}, Leads: {}, Heads: {}, By Hand: {}}
          clients: {idp: {token: "${env:ACME_TOKEN}"}}
      tables:
        teams: {Agent: [All, Agents], Lead: [All, Leads], Head: [All, Leads, Heads]}
      flows:
        people:
          source: hr
          target: acme
          every: 1h
          sweep: 0s
          follow: false
          match: [externalId]
          map: {userName: mail, title: title}
          groups: 'lookupAll("teams", title)'
          leaver: {goneFromSource: [deactivate, revoke-sessions, remove-groups]}
          guard: {memberships: {count: 1, share: 1%}, leavers: 3, share: 1%}
      """;

  @Test
  void turnsMissNobodysGroups() throws Exception {
    var replay = Long.getLong("law.seed");
    for (long seed : replay == null ? LongStream.range(0, SEEDS).toArray() : new long[] {replay}) {
      var drifts = seed % 2 == 0;
      try (var site = Site.with(drifts ? YAML : YAML.replace("sweep: 0s", "sweep: 1h"))) {
        new Life(site, new Random(seed), drifts).live();
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("again with -Dlaw.seed=" + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private static final class Life {
    private final Site site;
    private final RandomGenerator random;
    private final boolean drifts;
    private final TreeMap<String, String> titles = new TreeMap<>();

    /// `drifts`: others change groups too, and the target is read with each turn.
    Life(Site site, RandomGenerator random, boolean drifts) {
      this.site = site;
      this.random = random;
      this.drifts = drifts;
    }

    void live() throws InterruptedException {
      for (var i = 0; i < 6; i++) hire();
      write();
      try (var work = Work.at(site)) {
        assertThat(turn(work, Integer.MAX_VALUE).about()).isEmpty();
        for (var round = 0; round < ROUNDS; round++) {
          for (var turns = 1 + random.nextInt(4); turns > 0; turns--) restless(work);
          settle(work);
          assertThat(groups(work)).as("round %d of %s", round, titles).isEqualTo(expected());
          var whole = work.plan().plan();
          assertThat(whole.changes()).as("round %d of %s", round, titles).isEmpty();
        }
      }
    }

    /// Something happens, and a turn plans and sends only a little of it; or none that is planned
    /// is settled.
    private void restless(Work work) throws InterruptedException {
      for (var events = random.nextInt(4); events >= 0; events--) event(work);
      write();
      var turn = turn(work, random.nextInt(3));
      assertThat(turn.about()).as("decided about everybody").isPresent();
      if (random.nextBoolean()) approve(work);
      if (random.nextBoolean()) die(work);
    }

    /// A node dies while it sends changes of groups; some of them had arrived.
    private void die(Work work) {
      site.sql(
          "update change set state = 'leased', attempts = 1, leased_by = 'dead',"
              + " lease_until = now() where state = 'waiting' and members <> '[]'");
      var sent = "select request from change where state = 'leased' and leased_by = 'dead'";
      for (var json : site.rows(sent)) {
        var request = ScimJson.read(json);
        if (random.nextBoolean()) continue;
        var group = request.path("group").asString("");
        for (var account : request.path("remove")) change(work, group, REMOVE, account);
        for (var account : request.path("add")) change(work, group, ADD, account);
      }
    }

    private static void change(Work work, String group, String operation, JsonNode account) {
      var body =
          """
          {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[%s]}\
          """
              .formatted(operation.formatted(account.asString("")));
      var answer = work.acme().send("PATCH", "/scim/v2/Groups/" + group, body);
      assertThat(answer.status()).as(answer.body()).isIn(200, 204, 400);
    }

    /// `looks`: so often it is asked whether the turn is called away before it is.
    private static Turn turn(Work work, int looks) throws InterruptedException {
      var looked = new AtomicInteger();
      return work.place().cycle().turn(work.flow(), true, () -> looked.getAndIncrement() >= looks);
    }

    private void settle(Work work) throws InterruptedException {
      for (var turns = 0; ; turns++) {
        assertThat(turns).as("turns of %s", titles).isLessThan(TURNS_MAX);
        approve(work);
        var turn = turn(work, Integer.MAX_VALUE);
        assertThat(turn.about()).as("decided about everybody").isPresent();
        if (turn.nextDue().isEmpty() && !turn.held() && !turn.more()) return;
      }
    }

    private void approve(Work work) {
      var plans = work.place().plans();
      for (var plan : plans.list(work.flow().id(), 100)) {
        if (plan.state() == PlanState.HELD || plan.state() == PlanState.APPLYING) {
          plans.approve(work.flow().id(), plan.number(), "anna");
        }
      }
    }

    private void event(Work work) {
      switch (random.nextInt(6)) {
        case 0 -> hire();
        case 1 -> titles.remove(someone());
        case 2, 3 -> titles.computeIfPresent(someone(), (_, _) -> title());
        default -> drift(work);
      }
    }

    private String someone() {
      var keys = List.copyOf(titles.keySet());
      return keys.isEmpty() ? "nobody" : keys.get(random.nextInt(keys.size()));
    }

    private void hire() {
      titles.putIfAbsent("E" + random.nextInt(12), title());
    }

    private String title() {
      return List.of("Agent", "Agent", "Lead", "Head").get(random.nextInt(4));
    }

    /// Somebody else puts an account into a group, or takes one out.
    private void drift(Work work) {
      var users = work.acme().users();
      var groups = work.acme().send("GET", "/scim/v2/Groups?count=100", "").json();
      var group = groups.path("Resources").get(random.nextInt(groups.path("Resources").size()));
      if (!drifts || users.isEmpty()) return;
      var user = users.get(random.nextInt(users.size())).path("id");
      change(work, group.path("id").asString(""), random.nextBoolean() ? ADD : REMOVE, user);
    }

    private void write() {
      var rows = new ArrayList<String>(List.of("id,mail,title", "E99,e99@x.org,Agent"));
      titles.forEach((key, title) ->
          rows.add(
              String.join(",", key, key.toLowerCase(java.util.Locale.ROOT) + "@x.org", title)));
      site.file("people.csv", String.join("\n", rows) + "\n");
    }

    /// Without what is nobody's to manage.
    private static Map<String, Set<String>> groups(Work work) {
      var groups = work.groups();
      groups.remove("By Hand");
      return groups;
    }

    private Map<String, Set<String>> expected() {
      var expected = new TreeMap<String, Set<String>>();
      for (var teams : TEAMS.values()) teams.forEach(t -> expected.put(t, new TreeSet<>()));
      var all = new TreeMap<>(titles);
      all.put("E99", "Agent");
      all.forEach((key, title) ->
          TEAMS
              .getOrDefault(title, Set.of())
              .forEach(team ->
                  expected
                      .getOrDefault(team, Set.of())
                      .add(key.toLowerCase(java.util.Locale.ROOT) + "@x.org")));
      return expected;
    }
  }
}
