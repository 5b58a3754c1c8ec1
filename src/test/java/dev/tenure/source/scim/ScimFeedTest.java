package dev.tenure.source.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.id.PersonKey;
import dev.tenure.organization.TestServer;
import dev.tenure.problem.Code;
import dev.tenure.source.Feed;
import dev.tenure.source.Feed.Event;
import dev.tenure.source.Feed.FeedOutcome;
import dev.tenure.source.HostedOrganization;
import dev.tenure.source.InGroups;
import dev.tenure.source.Person;
import dev.tenure.source.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Changes by `meta.lastModified`, of a started organization.
class ScimFeedTest {
  private static TestServer server;
  private HostedOrganization acme;
  private ScimSource source;
  private Feed feed;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() {
    acme = HostedOrganization.of(server);
    open("");
  }

  private void open(String more) {
    var section = "url: '%s', token: '${env:TOKEN}', changes: last-modified" + more;
    var url = server.address("/" + acme.id() + "/scim/v2").toString();
    source = new ScimSource(Scim.config(section.formatted(url), acme.token()), Times.real());
    feed = source.feed().orElseThrow();
  }

  @AfterEach
  void close() {
    source.close();
  }

  /// What the feed tells of since a time at which nothing was there yet.
  private List<Person> told(Set<PersonKey> known) {
    var people = new ArrayList<Person>();
    var cursor = new Feed.Cursor(Instant.now().minusSeconds(60).toString());
    var outcome =
        feed.since(
            cursor,
            new InGroups(_ -> known),
            e -> {
              if (e instanceof Event.Changed(var person)) people.add(person);
            });
    assertThat(outcome).isInstanceOf(FeedOutcome.Read.class);
    return people;
  }

  @Test
  void itSaysThatItDoesNotTellOfTheGone() {
    assertThat(feed.tellsOfTheGone()).isFalse();
    var ada = acme.user("ada@x.org", "");
    acme.user("ben@x.org", "");
    acme.calls().delete("/Users/" + ada);
    assertThat(told(Set.of()).stream().map(p -> p.first("userName"))).containsExactly("ben@x.org");
  }

  @Test
  void aReadEndsBeforeItBeganByTheServersClock() {
    var begin = Instant.parse(feed.begin().orElseThrow().value());
    assertThat(begin)
        .isBefore(Instant.now().minusSeconds(55))
        .isAfter(Instant.now().minusSeconds(90));
    var later = new Feed.Cursor(Instant.now().plusSeconds(60).toString());
    acme.user("ada@x.org", "");
    var events = new ArrayList<Event>();
    var outcome = (FeedOutcome.Read) feed.since(later, InGroups.NOBODY, events::add);
    assertThat(events).isEmpty();
    assertThat(Instant.parse(outcome.next().value())).isBefore(Instant.now());
  }

  @Test
  void whomAChangedGroupConcernsIsToldToo() {
    var ada = acme.user("ada@x.org", "");
    var ben = acme.user("ben@x.org", "");
    var sales = acme.group("Sales", List.of(ada, ben));
    acme.leave(sales, ben);
    var later = new Feed.Cursor(Instant.now().plusSeconds(60).toString());
    feed.since(later, InGroups.NOBODY, _ -> {});
    var people = told(Set.of(new PersonKey(ben)));
    assertThat(people).hasSize(2);
    assertThat(people)
        .anyMatch(p -> p.key().value().equals(ada) && p.groups().containsKey("Sales"))
        .anyMatch(p -> p.key().value().equals(ben) && p.groups().isEmpty());
  }

  @Test
  void groupsWithinAChangedGroupAskForAWholeRead() {
    acme.group("Staff", List.of(acme.group("Sales", List.of(acme.user("ada@x.org", "")))));
    var since = new Feed.Cursor(Instant.now().minusSeconds(60).toString());
    assertThat(feed.since(since, InGroups.NOBODY, _ -> {}))
        .isInstanceOfSatisfying(
            FeedOutcome.Expired.class,
            expired -> assertThat(expired.reason().code()).isEqualTo(Code.SOURCE_BEHIND));
  }

  @Test
  void aServerThatFailsIsToldAndAskedAgain() {
    source.close();
    var gone =
        Scim.config(
            "url: 'http://127.0.0.1:1', token: '${env:TOKEN}', changes: last-modified", "t");
    source = new ScimSource(gone, Times.real());
    feed = source.feed().orElseThrow();
    assertThat(feed.begin()).isEmpty();
    assertThat(feed.since(new Feed.Cursor("2026-01-01T00:00:00Z"), InGroups.NOBODY, _ -> {}))
        .isInstanceOf(FeedOutcome.Failed.class);
  }
}
