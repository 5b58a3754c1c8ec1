package dev.tenure.source.organization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.audit.AuditChain;
import dev.tenure.audit.KeyFile;
import dev.tenure.audit.store.PostgresChainStore;
import dev.tenure.id.PersonKey;
import dev.tenure.organization.TestServer;
import dev.tenure.problem.Code;
import dev.tenure.scim.schema.Schema;
import dev.tenure.source.Feed.Cursor;
import dev.tenure.source.Feed.Event;
import dev.tenure.source.Feed.FeedOutcome;
import dev.tenure.source.HostedOrganization;
import dev.tenure.source.InGroups;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrganizationFeedTest {
  private static TestServer server;
  private static AuditChain chain;
  @TempDir static Path folder;
  private HostedOrganization acme;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    chain = chain(server, folder);
  }

  static AuditChain chain(TestServer server, Path folder) {
    var store = new PostgresChainStore(server.database().jdbi());
    var clock = Clock.systemUTC();
    return new AuditChain(store, new KeyFile(folder, store, clock), clock, new SecureRandom());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void organization() {
    acme = HostedOrganization.of(server);
  }

  private Follower follower() {
    return new Follower(OrganizationSourceTest.source(acme, "id", ""));
  }

  private static Set<String> changed(List<Event> events) {
    return Set.copyOf(
        events.stream()
            .map(e ->
                switch (e) {
                  case Event.Changed(var person) -> person.key().value();
                  case Event.Gone(var key) -> "-" + key.value();
                })
            .toList());
  }

  @Test
  void aChangeIsToldOnceWhetherItIsSealedOrNot() {
    var ada = acme.user("ada@example.com", "");
    acme.user("ben@example.com", "");
    var follower = follower();
    follower.read(false);
    acme.set("/Users/" + ada, "title", "\"Head\"");
    assertThat(changed(follower.read(false))).containsExactly(ada);
    assertThat(follower.person(ada).first("title")).isEqualTo("Head");
    assertThat(follower.read(false)).isEmpty();
    chain.sealWaiting();
    assertThat(follower.read(false)).isEmpty();
    acme.set("/Users/" + ada, "active", "false");
    chain.sealWaiting();
    assertThat(changed(follower.read(false))).containsExactly(ada);
    assertThat(follower.person(ada).disabled()).isTrue();
  }

  @Test
  void whoIsDeletedIsGoneAndWhoReportedToThemIsTold() {
    var boss = acme.user("boss@example.com", "");
    var manager = "\"" + Schema.ENTERPRISE + "\": {\"manager\": {\"value\": \"" + boss + "\"}}";
    var ada = acme.user("ada@example.com", manager);
    var follower = follower();
    assertThat(follower.person(ada).first("manager")).isEqualTo(boss);
    acme.calls().delete("/Users/" + boss);
    assertThat(changed(follower.read(false))).contains("-" + boss, ada);
    assertThat(follower.person(ada).first("manager")).isEmpty();
  }

  @Test
  void aChangeOfAGroupTellsThePeopleItConcerns() {
    var ada = acme.user("ada@example.com", "");
    acme.user("ben@example.com", "");
    var sales = acme.group("Sales", List.of(ada));
    var staff = acme.group("Staff", List.of());
    var follower = follower();
    follower.read(false);

    acme.join(staff, List.of(sales));
    assertThat(changed(follower.read(false))).containsExactly(ada);
    assertThat(follower.person(ada).groups()).containsEntry("Staff", List.of("Sales", "Staff"));

    acme.set("/Groups/" + staff, "displayName", "\"Everybody\"");
    assertThat(changed(follower.read(false))).containsExactly(ada);
    assertThat(follower.person(ada).groups()).containsOnlyKeys("Sales", "Everybody");

    acme.calls().delete("/Groups/" + sales);
    assertThat(changed(follower.read(false))).containsExactly(ada);
    assertThat(follower.person(ada).groups()).isEmpty();
  }

  @Test
  void aGroupThatWasRenamedAndDeletedUnseenIsNotForgotten() {
    var ada = acme.user("ada@example.com", "");
    var sales = acme.group("Sales", List.of(ada));
    var follower = follower();
    acme.set("/Groups/" + sales, "displayName", "\"Sale\"");
    acme.calls().delete("/Groups/" + sales);
    follower.read(false);
    assertThat(follower.person(ada).groups()).isEmpty();
  }

  @Test
  void whoBelongsToAnotherSourceOfTruthNowIsGone() {
    var ada = acme.user("ada@example.com", "");
    var follower = new Follower(OrganizationSourceTest.source(acme, "id", "corp"));
    assertThat(follower.people()).hasSize(1);
    acme.set("/Users/" + ada, Schema.ORIGIN + ":sourceOrg", "\"other\"");
    assertThat(changed(follower.read(false))).containsExactly("-" + ada);
  }

  @Test
  void aReadThatWasNotKeptIsAskedForAgain() {
    var ada = acme.user("ada@example.com", "");
    var follower = follower();
    follower.read(false);
    acme.set("/Users/" + ada, "title", "\"Head\"");
    follower.read(true);
    assertThat(changed(follower.read(false))).containsExactly(ada);
    follower.restart();
    assertThat(changed(follower.read(false))).containsExactly(ada);
    chain.sealWaiting();
    follower.restart();
    follower.read(false);
    assertThat(follower.read(false)).isEmpty();
  }

  @Test
  void aChangeIsReadWithinASecondOfTheWrite() throws InterruptedException {
    var ada = acme.user("ada@example.com", "");
    var follower = follower();
    follower.read(false);
    var took = new ArrayList<Duration>();
    for (int i = 0; i < 3; i++) {
      acme.set("/Users/" + ada, "title", "\"T" + i + "\"");
      long written = System.nanoTime();
      follower.feed().await(follower.cursor(), Duration.ofSeconds(30));
      assertThat(changed(follower.read(false))).containsExactly(ada);
      took.add(Duration.ofNanos(System.nanoTime() - written));
    }
    assertThat(took).anyMatch(t -> t.compareTo(Duration.ofSeconds(1)) < 0);
  }

  @Test
  void withAnotherKeyADeletionOrANewKeyAsksForAWholeRead() {
    var number = "\"" + Schema.ENTERPRISE + "\": {\"employeeNumber\": \"7\"}";
    var ada = acme.user("ada@example.com", number);
    acme.user("ben@example.com", number.replace("7", "8"));
    var follower = new Follower(OrganizationSourceTest.source(acme, "employeeNumber", ""));
    acme.set("/Users/" + ada, "title", "\"Head\"");
    follower.read(false);
    assertThat(follower.snapshots()).isOne();
    acme.set("/Users/" + ada, Schema.ENTERPRISE + ":employeeNumber", "\"9\"");
    follower.read(false);
    assertThat(follower.people()).containsOnlyKeys(new PersonKey("8"), new PersonKey("9"));
    acme.calls().delete("/Users/" + ada);
    follower.read(false);
    assertThat(follower.people()).containsOnlyKeys(new PersonKey("8"));
    assertThat(follower.snapshots()).isEqualTo(3);
  }

  @Test
  void aPlaceThatTheLogDoesNotHaveAsksForAWholeRead() {
    acme.user("ada@example.com", "");
    var feed = OrganizationSourceTest.source(acme, "id", "").feed().orElseThrow();
    for (var place : List.of("1000000", "soon", "3~zz", "")) {
      assertThat(feed.since(new Cursor(place), InGroups.NOBODY, _ -> {}))
          .as(place)
          .isInstanceOfSatisfying(
              FeedOutcome.Expired.class,
              expired -> assertThat(expired.reason().code()).isEqualTo(Code.SOURCE_BEHIND));
    }
  }

  @Test
  void whatWasErasedAsksForAWholeRead() {
    acme.user("ada@example.com", "");
    chain.sealWaiting();
    var follower = follower();
    acme.user("ben@example.com", "");
    chain.erase("ben@example.com", Optional.of("organization/" + acme.id()));
    follower.read(false);
    assertThat(follower.snapshots()).isEqualTo(2);
    assertThat(follower.people()).hasSize(2);
  }

  @Test
  void otherOrganizationsAreNotHeardOf() {
    acme.user("ada@example.com", "");
    var follower = follower();
    follower.read(false);
    HostedOrganization.of(server).user("ben@example.com", "");
    assertThat(follower.read(false)).isEmpty();
    assertThat(follower.people()).hasSize(1);
  }
}
