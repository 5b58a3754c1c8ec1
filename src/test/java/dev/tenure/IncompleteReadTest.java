package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tenure.Office.Staff;
import dev.tenure.flow.CycleReport;
import dev.tenure.plan.Lane;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.testkit.CuttingProxy;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Law 1 on the real path: absence counts only in a complete read.
class IncompleteReadTest {
  private static final int PEOPLE = 60;
  private static final int CUTS = 12;

  /// More than what slapd answers to the whole read of these people.
  private static final int ANSWER_BYTES = 60_000;

  private static final List<Staff> STAFF =
      IntStream.range(0, PEOPLE)
          .mapToObj(i -> new Staff("1" + i, "Given" + i, "Family" + i, "Verkauf", "Seller"))
          .toList();

  private final Office office = Office.open("limits anonymous size=35");
  private final Site site = office.seenBy(Site.with(Office.YAML));

  @AfterEach
  void close() {
    site.close();
    office.close();
  }

  private void hire() {
    office.hire("Sales", STAFF.toArray(Staff[]::new));
  }

  private void syncAll() throws InterruptedException {
    try (var work = Work.at(site)) {
      work.apply(work.plan());
    }
  }

  /// Reads through a connection that ends after so many bytes; absent where nobody was read.
  private Optional<CycleReport> planCutAfter(long bytes) throws Exception {
    try (var proxy = new CuttingProxy(office.port(), bytes)) {
      site.variable("LDAP_URL", "ldap://127.0.0.1:" + proxy.port());
      try (var work = Work.at(site)) {
        return Optional.of(work.plan());
      } catch (Problem.Found e) {
        assertThat(e.problems().getFirst().code())
            .isIn(Code.SOURCE_INCOMPLETE, Code.SOURCE_UNREACHABLE);
        return Optional.empty();
      } finally {
        office.seenBy(site);
      }
    }
  }

  @Test
  void aReadThatIsCutAnywhereMakesNoLeaver() throws Exception {
    hire();
    syncAll();
    office.delete(STAFF.get(0)).disable(STAFF.get(1)).takeOut(STAFF.get(2), "Sales");
    var seed = Optional.ofNullable(Long.getLong("law.seed")).orElse(11L);
    var random = new Random(seed);
    var inTheMiddle = 0;
    for (var i = 0; i < CUTS; i++) {
      var bytes = random.nextInt(ANSWER_BYTES / CUTS) + (long) i * ANSWER_BYTES / CUTS;
      var planned = planCutAfter(bytes);
      if (planned.isEmpty() || planned.get().counts().complete()) continue;
      inTheMiddle++;
      assertThat(Work.lanes(planned.get())).as("seed %d, cut %d", seed, bytes).isEmpty();
      assertThat(planned.get().plan().findings())
          .extracting(Problem::code)
          .contains(Code.SOURCE_INCOMPLETE);
    }
    assertThat(inTheMiddle).isBetween(2, CUTS - 1);
    try (var work = Work.at(site)) {
      assertThat(Work.lanes(work.plan()).values()).hasSize(3).containsOnly(Lane.LEAVER);
    }
  }

  @Test
  void whoWasReadBeforeTheCutIsAddedAndUpdated() throws Exception {
    hire();
    for (var bytes = ANSWER_BYTES / 3; ; bytes += ANSWER_BYTES / 20) {
      var planned = planCutAfter(bytes).filter(p -> !p.counts().complete());
      if (planned.isEmpty()) continue;
      var read = (int) planned.get().counts().read();
      assertThat(Work.lanes(planned.get()).values()).hasSize(read).containsOnly(Lane.JOINER);
      var ran = site.run("apply", "people", "--output", "json");
      assertThat(ran.json().path("done").intValue()).isEqualTo(read).isPositive();
      break;
    }
    syncAll();
    office.set(STAFF.getFirst(), "title", "Agent").delete(STAFF.getLast());
    for (var bytes = ANSWER_BYTES / 3; ; bytes += ANSWER_BYTES / 20) {
      var planned = planCutAfter(bytes).filter(p -> !p.counts().complete());
      if (planned.isEmpty()) continue;
      assertThat(Work.lanes(planned.get())).containsOnlyKeys(STAFF.getFirst().id());
      return;
    }
  }

  /// A login that may not read everybody: the command says so and fails, and nobody leaves.
  @Test
  void aSizeLimitMakesNoLeaverAndIsSaid() throws Exception {
    hire();
    syncAll();
    site.replacing("      bind: cn=admin,dc=example,dc=com\n", "")
        .replacing("      password: \"${env:LDAP_PASSWORD}\"\n", "");
    var ran = site.run("plan", "people", "--output", "json");
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.json().path("complete").booleanValue()).isFalse();
    assertThat(ran.json().path("changes")).isEmpty();
    assertThat(ran.findings()).contains(Code.SOURCE_INCOMPLETE.name());
    assertThat(ran.out()).contains("size limit");
  }

  @Test
  void anEmptyAnswerMakesNoLeaverWhetherOfPeopleOrOfGroups() throws Exception {
    hire();
    syncAll();
    site.replacing("filter: (objectClass=inetOrgPerson)", "filter: (objectClass=account)");
    assertEmpty();
    site.replacing("filter: (objectClass=account)", "filter: (objectClass=inetOrgPerson)");
    site.replacing("filter: (objectClass=groupOfNames)", "filter: (objectClass=groupOfURLs)");
    assertEmpty();
    site.replacing("filter: (objectClass=groupOfURLs)", "filter: (objectClass=groupOfNames)");
    try (var work = Work.at(site)) {
      assertThat(work.plan().plan().changes()).isEmpty();
      assertThat(work.acme().total("active eq true")).isEqualTo(PEOPLE);
    }
  }

  private void assertEmpty() {
    var ran = site.run("plan", "people", "--output", "json");
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.problems()).containsExactly(Code.SOURCE_EMPTY.name());
  }

  /// The whole target is needed: an account that is not known would be made a second time.
  @Test
  void aTargetThatCannotBeReadIsNotPlannedFor() {
    hire();
    site.replacing(
        "acme: {organization: acme}",
        "acme: {scim: {url: \"http://127.0.0.1:1/x\"," + " token: \"${env:ACME_TOKEN}\"}}");
    try (var work = Work.at(site)) {
      var thrown = catchThrowableOfType(Problem.Found.class, work::plan);
      assertThat(thrown.problems())
          .extracting(Problem::code)
          .containsExactly(Code.TARGET_UNREACHABLE);
    }
  }
}
