package dev.tenure.source.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.id.PersonKey;
import dev.tenure.problem.Code;
import dev.tenure.source.Feed.Cursor;
import dev.tenure.source.Feed.Event;
import dev.tenure.source.Feed.FeedOutcome;
import dev.tenure.source.Person;
import dev.tenure.source.Replica;
import dev.tenure.source.Source;
import dev.tenure.testkit.Samba;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What happens in a domain and what is told of it, by DirSync and by update sequence numbers.
class AdFeedTest {
  private static Samba samba;

  @BeforeAll
  static void start() {
    samba = Samba.start();
  }

  @AfterAll
  static void stop() {
    samba.close();
  }

  private static Source source(Domain domain, String changes) {
    return Sections.source(domain.yaml() + "changes: " + changes + "\n");
  }

  private static List<PersonKey> told(List<Event> events) {
    return events.stream()
        .map(e ->
            switch (e) {
              case Event.Changed(var person) -> person.key();
              case Event.Gone(var key) -> key;
            })
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dirsync", "usn"})
  void whoIsMovedOutOfTheBaseHasLeftAndWhoIsMovedInHasCome(String changes) {
    var domain = new Domain(samba);
    var ann = domain.add("ann");
    domain.group("Cloud", List.of(ann));
    var replica = Replica.of(source(domain, changes));
    var key = replica.with("cn", "ann").key();
    var outside = domain.move(ann, "CN=ann", domain.out());
    assertThat(replica.take(source(domain, changes))).containsExactly(new Event.Gone(key));
    domain.move(outside, "CN=anna", domain.in());
    assertThat(told(replica.take(source(domain, changes)))).containsExactly(key);
    assertThat(replica.with("cn", "anna").groups()).containsKey("Cloud");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dirsync", "usn"})
  void aMovedContainerTakesEverybodyWithIt(String changes) {
    var domain = new Domain(samba);
    domain.group("Cloud", List.of());
    samba.load("dn: OU=Team," + domain.in() + "\nobjectClass: organizationalUnit\n");
    var ann = domain.move(domain.add("ann"), "CN=ann", "OU=Team," + domain.in());
    var replica = Replica.of(source(domain, changes));
    assertThat(replica.with("cn", "ann").first("distinguishedName")).isEqualTo(ann);
    var team = domain.move("OU=Team," + domain.in(), "OU=Crew", domain.in());
    replica.take(source(domain, changes));
    assertThat(replica.with("cn", "ann").first("distinguishedName")).isEqualTo("CN=ann," + team);
    domain.move(team, "OU=Crew", domain.out());
    assertThat(replica.take(source(domain, changes))).hasSize(1);
    assertThat(replica.people()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dirsync", "usn"})
  void aChangeOfANestedGroupTellsExactlyThoseWhoAreInIt(String changes) {
    var domain = new Domain(samba);
    var ann = domain.add("ann");
    var bob = domain.add("bob");
    domain.add("cid");
    var inner = domain.group("Inner", List.of(ann));
    var outer = domain.group("Outer", List.of(bob));
    var replica = Replica.of(source(domain, changes));
    var annKey = replica.with("cn", "ann").key();

    domain.member(outer, "add", inner);
    assertThat(told(replica.take(source(domain, changes)))).containsExactly(annKey);
    assertThat(replica.with("cn", "ann").groups())
        .containsEntry("Outer", List.of("Inner", "Outer"));

    domain.member(inner, "add", bob);
    domain.member(inner, "delete", ann);
    replica.take(source(domain, changes));
    assertThat(replica.with("cn", "ann").groups().keySet()).doesNotContain("Inner", "Outer");
    assertThat(replica.with("cn", "bob").groups().keySet()).contains("Inner", "Outer");

    domain.member(outer, "delete", inner);
    replica.take(source(domain, changes));
    domain.delete(inner);
    assertThat(told(replica.take(source(domain, changes))))
        .containsExactly(replica.with("cn", "bob").key());
    assertThat(replica.people()).isEqualTo(Replica.snapshot(source(domain, changes)));
  }

  @Test
  void whoMayNotReplicateIsToldWhatTheySeeAndThatDeletedOnesAreNotSeen() {
    var domain = new Domain(samba);
    var ann = domain.add("ann");
    domain.group("Cloud", List.of(ann));
    var source = Sections.source(domain.yaml(samba.url(), Samba.READER));
    var replica = Replica.of(source);
    assertThat(replica.cursor().value()).startsWith("dirsync seen ");
    domain.replace(ann, "title", "Lead");
    var events = new ArrayList<Event>();
    var outcome = (FeedOutcome.Read) replica.read(source, events);
    assertThat(events).hasSize(1);
    assertThat(outcome.findings())
        .singleElement()
        .satisfies(p -> {
          assertThat(p.code()).isEqualTo(Code.SOURCE_REFUSED);
          assertThat(p.remedy()).contains("Replicating Directory Changes");
        });
    domain.delete(ann);
    assertThat(replica.take(source)).isEmpty();
  }

  @Test
  void aRightThatWasTakenAwayMakesThePlaceExpire() {
    var domain = new Domain(samba);
    domain.add("ann");
    domain.group("Cloud", List.of());
    var replica = Replica.of(source(domain, "auto"));
    assertThat(replica.cursor().value()).startsWith("dirsync all ");
    var reader = Sections.source(domain.yaml(samba.url(), Samba.READER));
    assertThat(replica.read(reader, new ArrayList<>())).isInstanceOf(FeedOutcome.Expired.class);
  }

  @Test
  void numbersOfAnotherControllerHaveExpired() {
    var domain = new Domain(samba);
    domain.add("ann");
    domain.group("Cloud", List.of());
    var source = source(domain, "usn");
    var replica = Replica.of(source);
    var words = replica.cursor().value().split(" ", -1);
    words[1] = "00000000-0000-0000-0000-000000000000";
    var outcome =
        source.feed().orElseThrow().since(new Cursor(String.join(" ", words)), replica, e -> {});
    assertThat(outcome).isInstanceOf(FeedOutcome.Expired.class);
  }

  @Test
  void aDeletedPersonWhoseKeyIsNotKeptAsksForASnapshot() {
    var domain = new Domain(samba);
    var ann = domain.user("ann", "employeeID: 1");
    domain.user("bob", "employeeID: 2");
    domain.group("Cloud", List.of(ann));
    var source = Sections.source(domain.yaml() + "key: employeeID\n");
    var replica = Replica.of(source);
    domain.delete(ann);
    assertThat(replica.read(source, new ArrayList<>())).isInstanceOf(FeedOutcome.Expired.class);
    assertThat(replica.people()).hasSize(2);
  }

  @Test
  void whoExpiresIsToldThoughTheDirectorySaysNothing() {
    var domain = new Domain(samba);
    var noon = Instant.parse("2026-06-01T12:00:00Z");
    domain.user("temp", "accountExpires: " + Disablement.ticks(noon));
    domain.group("Cloud", List.of());
    var replica = Replica.of(at(domain, noon.minusSeconds(60)));
    assertThat(replica.with("cn", "temp").disabled()).isFalse();
    assertThat(replica.take(at(domain, noon.plus(Duration.ofMinutes(5))))).isEmpty();
    replica.take(at(domain, noon.plus(Duration.ofMinutes(10))));
    assertThat(replica.with("cn", "temp").disabled()).isTrue();
  }

  private static Source at(Domain domain, Instant now) {
    return Sections.source(domain.yaml(), Sections.ENVIRONMENT, InstantSource.fixed(now));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dirsync", "usn"})
  void waitingEndsWithTheChange(String changes)
      throws InterruptedException, ExecutionException, TimeoutException {
    var domain = new Domain(samba);
    var ann = domain.add("ann");
    domain.group("Cloud", List.of(ann));
    var replica = Replica.of(source(domain, changes));
    var started = System.nanoTime();
    var waiting =
        CompletableFuture.runAsync(() -> {
          try {
            var feed = source(domain, changes).feed().orElseThrow();
            feed.await(replica.cursor(), Duration.ofSeconds(30));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    domain.replace(ann, "title", "Lead");
    waiting.get(25, TimeUnit.SECONDS);
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(4));
  }

  /// What was told since a snapshot makes the same as a new snapshot, whatever happened between.
  @ParameterizedTest
  @ValueSource(strings = {"dirsync", "usn"})
  void snapshotAndChangesMakeTheNextSnapshot(String changes) {
    long seed = Long.getLong("law.seed", 7);
    var life = new DomainLife(new Domain(samba), new Random(seed));
    var replica = Replica.of(source(life.domain(), changes));
    for (int round = 0; round < 12; round++) {
      var deeds = life.some(4);
      replica.take(source(life.domain(), changes));
      assertThat(plain(replica.people(), changes.equals("dirsync")))
          .as("-Dlaw.seed=%d round %d %s", seed, round, deeds)
          .isEqualTo(
              plain(Replica.snapshot(source(life.domain(), changes)), changes.equals("dirsync")));
    }
  }

  /// Without what the directory changes by itself; without the ways into the groups where changes
  /// of them are not told.
  private static Map<String, String> plain(Map<PersonKey, Person> people, boolean ways) {
    var plain = new TreeMap<String, String>();
    people.forEach((key, person) -> {
      var attributes = new TreeMap<>(person.attributes());
      attributes.keySet().removeAll(List.of("whenChanged", "memberOf"));
      var groups = ways ? person.groups().toString() : person.groups().keySet().toString();
      plain.put(key.value(), attributes + " " + groups + " " + person.disabled());
    });
    return plain;
  }
}
