package dev.tenure.source.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import dev.tenure.problem.Code;
import dev.tenure.source.FeedContract;
import dev.tenure.source.Replica;
import dev.tenure.source.Source;
import dev.tenure.source.Source.ReadOutcome;
import dev.tenure.source.SourceContract;
import dev.tenure.testkit.CuttingProxy;
import dev.tenure.testkit.Samba;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// On a real domain controller, a Samba.
class ActiveDirectoryTest implements SourceContract, FeedContract {
  private static Samba samba;
  private final List<CuttingProxy> proxies = new ArrayList<>();

  @BeforeAll
  static void start() {
    samba = Samba.start();
  }

  @AfterAll
  static void stop() {
    samba.close();
  }

  @AfterEach
  void end() throws IOException {
    for (var proxy : proxies) proxy.close();
  }

  private String cutAfter(long bytes) {
    var proxy = new CuttingProxy(samba.address(), 389, bytes);
    proxies.add(proxy);
    return "ldap://127.0.0.1:" + proxy.port();
  }

  private Source keyedByNumber(List<Sample> people, String url) {
    var domain = new Domain(samba);
    var uids = new ArrayList<String>();
    for (int i = 0; i < people.size(); i++) {
      var p = people.get(i);
      var id =
          domain.user(
              "p" + i,
              "mail: "
                  + p.mail()
                  + "\n"
                  + (p.key().isEmpty() ? "" : "employeeID: " + p.key() + "\n")
                  + "userAccountControl: "
                  + (p.disabled() ? 546 : 544));
      if (!p.groups().isEmpty()) uids.add(id);
    }
    domain.group("Cloud", uids);
    return Sections.source(domain.yaml(url) + "key: employeeID\n");
  }

  @Override
  public Source source(List<Sample> people) {
    return keyedByNumber(people, samba.url());
  }

  @Override
  public Source failingInTheMiddle(List<Sample> people) {
    return keyedByNumber(people, cutAfter(90_000));
  }

  /// A directory gives its entries in no order, so either of the two may be the first.
  @Override
  @Test
  public void ofTwoRecordsWithOneKeyTheFirstCountsAndThePersonIsPresent() {
    var people = new ArrayList<>(SourceContract.samples(20));
    people.add(new Sample("k3", "other@example.com", List.of(), false));
    var read = Read.of(source(people));
    assertThat(read.outcome()).isInstanceOf(ReadOutcome.Complete.class);
    assertThat(read.findings()).containsExactly(Code.SOURCE_DUPLICATE_KEY);
    assertThat(read.people()).hasSize(20);
  }

  @Override
  public World world(List<String> people) {
    var domain = new Domain(samba);
    domain.group("Cloud", List.of());
    for (var name : people) domain.add(name);
    return domain.world(() -> cutAfter(25_000));
  }

  @Test
  void theRootOfTheServerSaysThatItIsAnActiveDirectorySoNothingElseIsConfigured() {
    var domain = new Domain(samba);
    var ann = domain.add("ann");
    domain.user("off", "userAccountControl: 546");
    domain.contact("partner");
    domain.group("Cloud", List.of(ann));
    var people = Replica.snapshot(domain.source());
    assertThat(people).hasSize(2);
    for (var person : people.values()) {
      assertThat(person.key().value()).hasSize(36).isEqualTo(person.first("objectGUID"));
      assertThat(person.first("objectSid")).startsWith("S-1-5-21-");
      assertThat(person.disabled()).isEqualTo(person.first("cn").equals("off"));
    }
  }

  @Test
  void whoIsExpiredIsDisabledByTheClock() {
    var domain = new Domain(samba);
    domain.group("Cloud", List.of());
    var noon = Instant.parse("2026-06-01T12:00:00Z");
    domain.user("temp", "accountExpires: " + Disablement.ticks(noon));
    domain.user("ever", "accountExpires: 0");
    domain.user("still", "accountExpires: 9223372036854775807");
    for (var time : List.of(noon.minusSeconds(1), noon)) {
      var source = Sections.source(domain.yaml(), Sections.ENVIRONMENT, InstantSource.fixed(time));
      for (var p : Replica.snapshot(source).values()) {
        assertThat(p.disabled()).isEqualTo(p.first("cn").equals("temp") && !time.isBefore(noon));
      }
    }
  }

  @Test
  void thePrimaryGroupIsAGroupLikeTheOthersWithWhatItIsIn() {
    var domain = new Domain(samba);
    var ann = domain.add("ann");
    var staff = domain.group("Staff", List.of(ann));
    domain.group("All", List.of(staff));
    samba.load(
        "dn: "
            + ann
            + "\nchangetype: modify\nreplace: primaryGroupID\nprimaryGroupID: "
            + domain.rid(staff)
            + "\n");
    var person = Replica.snapshot(domain.source()).values().iterator().next();
    assertThat(person.groups())
        .containsEntry("Staff", List.of("Staff"))
        .containsEntry("All", List.of("Staff", "All"));
  }

  /// Samba gives values in ranges only where it is asked to, a Windows server of itself.
  @Test
  void valuesInRangesAreReadToTheirEnd() throws LDAPException {
    var domain = new Domain(samba);
    var many = new StringBuilder();
    for (int i = 0; i < 1_700; i++) many.append("otherTelephone: " + (100_000 + i) + "\n");
    var ann = domain.user("ann", many.toString().strip());
    try (var connection = new LDAPConnection(samba.address(), 389, Samba.ADMIN, Samba.PASSWORD)) {
      var asked = new String[] {"cn", "otherTelephone;range=0-499"};
      var cut = Objects.requireNonNull(connection.getEntry(ann, asked));
      assertThat(Ranges.isCut(cut)).isTrue();
      var whole = new Ranges(connection).whole(cut);
      assertThat(Ranges.isCut(whole)).isFalse();
      assertThat(whole.getAttributeValues("otherTelephone")).hasSize(1_700).doesNotHaveDuplicates();
      assertThat(whole.getAttributeValue("cn")).isEqualTo("ann");
    }
  }

  @Test
  void aPageThatIsCutOffNeverMakesACompleteRead() {
    var domain = new Domain(samba);
    domain.group("Cloud", List.of());
    for (int i = 0; i < 40; i++) domain.add("p" + i);
    int complete = 0;
    for (long bytes : new long[] {500, 2_000, 5_000, 9_000, 14_000, 1_000_000}) {
      var read = Read.of(Sections.source(domain.yaml(cutAfter(bytes))));
      if (read.outcome() instanceof ReadOutcome.Complete) {
        complete++;
        assertThat(read.people()).hasSize(40);
      } else assertThat(read.people()).hasSizeLessThan(40);
    }
    assertThat(complete).isEqualTo(1);
  }
}
