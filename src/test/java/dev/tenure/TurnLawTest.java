package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.flow.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Whatever happens at both ends: when the turns that decide about some people have come to rest, a
/// plan for everybody, from both ends read whole, finds nothing that they missed. Replay:
/// `-Dlaw.seed=…`.
class TurnLawTest {
  private static final int SEEDS = Integer.getInteger("law.seeds", 4);
  private static final int ROUNDS = 6;
  private static final int EVENTS_MAX = 6;

  /// More than the longest chain of people who wait for each other.
  private static final int TURNS_MAX = 25;

  private static final List<String> TITLES = List.of("Agent", "Lead", "Agent", "Head", "");
  private static final String YAML =
      """
      sources:
        hr: {csv: {file: people.csv, key: id}}
      targets:
        acme: {organization: acme}
      organizations:
        acme: {clients: {idp: {token: "${env:ACME_TOKEN}"}}}
      flows:
        people:
          source: hr
          target: acme
          every: 1h
          sweep: 0s
          follow: false
          scope: {when: 'dept != "Canteen"'}
          match: [externalId, {on: userName, adopt: true}]
          map:
            userName: mail
            title: title
            department: dept
            nickName: {value: 'unique([title, title + "{n}"])', owner: on-create}
            manager: account(manager)
      """;

  @Test
  void turnsMissNothing() throws Exception {
    var replay = Long.getLong("law.seed");
    for (long seed : replay == null ? LongStream.range(0, SEEDS).toArray() : new long[] {replay}) {
      try (var site = Site.with(YAML)) {
        new Life(site, new Random(seed)).live();
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("again with -Dlaw.seed=" + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private record Row(String mail, String title, String dept, String manager) {}

  private static final class Life {
    private final Site site;
    private final RandomGenerator random;
    private final TreeMap<String, Row> people = new TreeMap<>();

    Life(Site site, RandomGenerator random) {
      this.site = site;
      this.random = random;
    }

    void live() throws InterruptedException {
      for (var i = 0; i < 4; i++) hire();
      write();
      try (var work = Work.at(site)) {
        for (var round = 0; round < ROUNDS; round++) {
          settle(work, round == 0);
          var whole = work.plan().plan();
          assertThat(whole.changes()).as("round %d of %s", round, people).isEmpty();
          var events = 1 + random.nextInt(EVENTS_MAX);
          for (var i = 0; i < events; i++) event(work);
          write();
        }
      }
    }

    /// Turns until nobody is due; only the first decides on everybody.
    private void settle(Work work, boolean first) throws InterruptedException {
      var turn = turn(work);
      assertThat(turn.about().isEmpty()).isEqualTo(first);
      for (var turns = 0; turn.nextDue().isPresent(); turns++) {
        assertThat(turns).as("turns of %s", people).isLessThan(TURNS_MAX);
        turn = turn(work);
      }
    }

    private static Turn turn(Work work) throws InterruptedException {
      return work.place().cycle().turn(work.flow(), true);
    }

    private void event(Work work) {
      switch (random.nextInt(7)) {
        case 0, 1 -> hire();
        case 2 -> people.remove(someone());
        case 3, 4 -> people.computeIfPresent(someone(), (_, row) -> moved(row));
        case 5 -> drift(work);
        default -> take(work);
      }
    }

    private String someone() {
      var keys = List.copyOf(people.keySet());
      return keys.isEmpty() ? "nobody" : keys.get(random.nextInt(keys.size()));
    }

    private void hire() {
      var key = "E" + random.nextInt(12);
      people.putIfAbsent(key, new Row(mail(), pick(TITLES), dept(), "E" + random.nextInt(12)));
    }

    private Row moved(Row row) {
      return switch (random.nextInt(4)) {
        case 0 -> new Row(mail(), row.title(), row.dept(), row.manager());
        case 1 -> new Row(row.mail(), pick(TITLES), row.dept(), row.manager());
        case 2 -> new Row(row.mail(), row.title(), dept(), row.manager());
        default -> new Row(row.mail(), row.title(), row.dept(), "E" + random.nextInt(12));
      };
    }

    /// Few, so that people want the names of others.
    private String mail() {
      return "m" + random.nextInt(16) + "@x.org";
    }

    private String dept() {
      return random.nextInt(4) == 0 ? "Canteen" : "Sales";
    }

    private String pick(List<String> some) {
      return some.get(random.nextInt(some.size()));
    }

    /// Somebody else changes an account, or deletes it.
    private void drift(Work work) {
      var users = work.acme().users();
      if (users.isEmpty()) return;
      var path = "/scim/v2/Users/" + id(users.get(random.nextInt(users.size())));
      var answer =
          random.nextInt(3) == 0
              ? work.acme().send("DELETE", path, "")
              : work.acme().send("PATCH", path, patch(pick(List.of("title", "nickName"))));
      assertThat(answer.status()).isBetween(200, 204);
    }

    private static String id(JsonNode user) {
      return user.path("id").asString("");
    }

    private static String patch(String attribute) {
      return """
      {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
       "Operations":[{"op":"replace","path":"%s","value":"Drifted"}]}\
      """
          .formatted(attribute);
    }

    /// Somebody else makes an account, perhaps of a name that one of ours wants.
    private void take(Work work) {
      var user =
          """
          {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"%s"}\
          """
              .formatted(mail());
      assertThat(work.acme().send("POST", "/scim/v2/Users", user).status()).isIn(201, 409);
    }

    private void write() {
      var rows =
          new ArrayList<String>(List.of("id,mail,title,dept,manager", "E99,x@x.org,,Sales,"));
      people.forEach((key, row) ->
          rows.add(String.join(",", key, row.mail(), row.title(), row.dept(), row.manager())));
      site.file("people.csv", String.join("\n", rows) + "\n");
    }
  }
}
