package dev.tenure.source.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.id.PersonKey;
import dev.tenure.problem.Code;
import dev.tenure.source.Feed.Event;
import dev.tenure.source.Feed.FeedOutcome;
import dev.tenure.source.FeedContract;
import dev.tenure.source.Replica;
import dev.tenure.testkit.CuttingProxy;
import dev.tenure.testkit.Slapd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Content synchronization with a real OpenLDAP server.
class SyncFeedTest implements FeedContract {
  private static final String LOG = "syncprov-sessionlog 1000";
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void end() throws Exception {
    for (var closeable : open.reversed()) closeable.close();
  }

  private Company company(String... lines) {
    var slapd = Slapd.start(new Slapd.Wish(List.of(lines), Optional.empty()));
    open.add(slapd);
    return new Company(slapd);
  }

  @Override
  public World world(List<String> people) {
    var company = company(LOG);
    for (var name : people) company.add(name);
    return company.world(() -> {
      var proxy = new CuttingProxy(company.port(), 20_000);
      open.add(proxy);
      return "ldap://127.0.0.1:" + proxy.port();
    });
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

  @Test
  void whoIsAbsentInACompletePresentPhaseIsGone() {
    var company = company(); // without a log the server tells who is left
    for (int i = 0; i < 20; i++) company.add("p" + i);
    var replica = Replica.of(company.source());
    var key = replica.with("cn", "p7").key();
    company.delete("p7");
    assertThat(replica.take(company.source())).containsExactly(new Event.Gone(key));
    assertThat(replica.people()).hasSize(19);
  }

  @Test
  void aPresentPhaseThatBreaksOffMakesNobodyGone() {
    var company = company();
    for (int i = 0; i < 200; i++) company.add("p" + i);
    var replica = Replica.of(company.source());
    company.delete("p7");
    int failed = 0;
    for (long bytes : new long[] {200, 600, 1_500, 2_500, 3_500}) {
      var proxy = new CuttingProxy(company.port(), bytes);
      open.add(proxy);
      var events = new ArrayList<Event>();
      var source = company.source("ldap://127.0.0.1:" + proxy.port());
      if (replica.read(source, events) instanceof FeedOutcome.Failed) {
        failed++;
        assertThat(events).isEmpty();
      }
    }
    assertThat(failed).isGreaterThan(2);
    replica.take(company.source());
    assertThat(replica.people()).hasSize(199);
  }

  @Test
  void aRefreshThatLeavesNobodyIsNotBelieved() {
    var company = company();
    company.add("ann");
    company.add("bob");
    var replica = Replica.of(company.source());
    company.delete("ann");
    company.delete("bob");
    var events = new ArrayList<Event>();
    var outcome = replica.read(company.source(), events);
    assertThat(events).isEmpty();
    assertThat(((FeedOutcome.Expired) outcome).reason().code()).isEqualTo(Code.SOURCE_EMPTY);
  }

  @Test
  void aSizeLimitFailsAndTheChangesAreAskedForAgain() {
    var company =
        company(
            LOG,
            "limits dn.exact=\"uid=reader,ou=readers,dc=example,dc=com\" size=5",
            "access to * by users read by anonymous auth");
    company.reader();
    for (int i = 0; i < 20; i++) company.add("p" + i);
    var replica = Replica.of(company.source());
    for (int i = 0; i < 20; i++) company.replace("p" + i, "title", "Lead");
    var events = new ArrayList<Event>();
    assertThat(replica.read(company.sourceOfReader(), events))
        .isInstanceOf(FeedOutcome.Failed.class);
    assertThat(events).isEmpty();
    assertThat(replica.take(company.source())).hasSize(20);
  }

  @Test
  void whoNoLongerMatchesOrIsMovedAwayHasLeft() {
    var company = company(LOG);
    company.add("ann");
    company.add("bob");
    company.add("cid");
    var source = company.source(company.url(), "(&(objectClass=inetOrgPerson)(!(title=Extern)))");
    var replica = Replica.of(source);
    company.replace("ann", "title", "Extern");
    company.move("uid=bob", "ou=former");
    assertThat(replica.take(source)).hasSize(2).allMatch(e -> e instanceof Event.Gone);
    assertThat(replica.people()).isEqualTo(Replica.snapshot(source)).hasSize(1);
  }

  @Test
  void aChangeOfANestedGroupTellsExactlyThoseWhoAreInIt() {
    var company = company(LOG);
    for (var name : List.of("ann", "bob", "cid")) company.add(name);
    company.group("Inner", "groupOfNames", "member", company.dn("ann"));
    company.group("Outer", "groupOfNames", "member", company.dn("bob"));
    var replica = Replica.of(company.source());
    var ann = replica.with("cn", "ann").key();

    company.member("Outer", "add", "member", company.groupDn("Inner"));
    assertThat(told(replica.take(company.source()))).containsExactly(ann);
    assertThat(replica.with("cn", "ann").groups())
        .containsEntry("Outer", List.of("Inner", "Outer"));

    company.member("Inner", "add", "member", company.dn("cid"));
    assertThat(told(replica.take(company.source())))
        .containsExactly(replica.with("cn", "cid").key());
    company.member("Inner", "delete", "member", company.dn("ann"));
    assertThat(told(replica.take(company.source()))).containsExactly(ann);
    assertThat(replica.with("cn", "ann").groups()).isEmpty();
  }

  @Test
  void aGroupThatIsDeletedIsKnownByItsIdAndAfterARestartByItsName() {
    var company = company(LOG);
    company.add("ann");
    company.group("Cloud", "groupOfNames", "member", company.dn("ann"));
    company.group("Rest", "groupOfNames", "member", company.dn("ann"));
    var source = company.source();
    var replica = Replica.of(source);
    company.deleteGroup("Cloud");
    assertThat(replica.take(source)).hasSize(1);
    assertThat(replica.with("cn", "ann").groups()).containsOnlyKeys("Rest");
    company.deleteGroup("Rest");
    assertThat(replica.take(company.source())).hasSize(1);
    assertThat(replica.with("cn", "ann").groups()).isEmpty();
  }

  @Test
  void allKindsOfGroupsAreRead() {
    var company = company(LOG);
    for (var name : List.of("ann", "bob", "cid")) company.add(name);
    company.group("Names", "groupOfNames", "member", company.dn("ann"));
    company.group("Unique", "groupOfUniqueNames", "uniqueMember", company.dn("ann"));
    company.group("Posix", "posixGroup", "memberUid", "ann", "gidNumber: 7");
    var replica = Replica.of(company.source());
    assertThat(replica.with("cn", "ann").groups()).containsOnlyKeys("Names", "Unique", "Posix");
    company.member("Posix", "add", "memberUid", "bob");
    company.member("Posix", "delete", "memberUid", "ann");
    company.member("Unique", "add", "uniqueMember", company.dn("cid"));
    assertThat(replica.take(company.source())).hasSize(3);
    assertThat(replica.people()).isEqualTo(Replica.snapshot(company.source()));
  }

  @Test
  void membershipsAreTakenFromMemberOfWhereThatIsAsked() {
    var company = company(LOG);
    company.add("ann");
    company.add("bob");
    company.group("Inner", "groupOfNames", "member", company.dn("ann"));
    company.group("Outer", "groupOfNames", "member", company.groupDn("Inner"));
    var source = company.sourceByMemberOf();
    var replica = Replica.of(source);
    assertThat(replica.with("cn", "ann").groups())
        .containsEntry("Inner", List.of("Inner"))
        .containsEntry("Outer", List.of("Inner", "Outer"));
    company.member("Inner", "add", "member", company.dn("bob"));
    assertThat(told(replica.take(source))).containsExactly(replica.with("cn", "bob").key());
    assertThat(replica.with("cn", "bob").groups()).containsKeys("Inner", "Outer");
  }

  @Test
  void waitingEndsWithTheChange()
      throws InterruptedException, ExecutionException, TimeoutException {
    var company = company(LOG);
    company.add("ann");
    var replica = Replica.of(company.source());
    var started = System.nanoTime();
    var waiting =
        CompletableFuture.runAsync(() -> {
          try {
            company.source().feed().orElseThrow().await(replica.cursor(), Duration.ofSeconds(30));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    company.replace("ann", "title", "Lead");
    waiting.get(25, TimeUnit.SECONDS);
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(4));
  }

  /// With a log, where the server tells who has gone, and without, where it tells who is left.
  @ParameterizedTest
  @ValueSource(strings = {LOG, "# none"})
  void snapshotAndChangesMakeTheNextSnapshot(String log) {
    long seed = Long.getLong("law.seed", 11);
    var company = company(log);
    var life = new CompanyLife(company, new Random(seed));
    var source = company.source();
    var replica = Replica.of(source);
    for (int round = 0; round < 15; round++) {
      var deeds = life.some(4);
      replica.take(source);
      assertThat(plain(replica))
          .as("-Dlaw.seed=%d round %d %s", seed, round, deeds)
          .isEqualTo(plain(Replica.of(company.source())));
    }
  }

  /// Without the ways into the groups, whose changes alone are not told, and `memberOf`, which is
  /// the server's own account of them.
  private static Map<String, String> plain(Replica replica) {
    var plain = new TreeMap<String, String>();
    replica
        .people()
        .forEach((key, person) -> {
          var attributes = new TreeMap<>(person.attributes());
          attributes.keySet().removeAll(List.of("modifyTimestamp", "memberOf"));
          plain.put(key.value(), attributes + " " + person.groups().keySet());
        });
    return plain;
  }
}
