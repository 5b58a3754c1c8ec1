package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.flow.CycleReport;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Groups that carry licences of a pool without a free seat: who loses one goes out before the next
/// comes in.
class FullPoolTest {
  private static final String YAML =
      """
      sources:
        hr: {csv: {file: people.csv, key: id}}
      targets:
        acme: {organization: acme}
      organizations:
        acme:
          licences:
            CX1: {seats: 3, price: 75.00, whenFull: refuse}
          groups:
            Agents: {licences: [CX1]}
            Leads: {licences: [CX1]}
            Clerks: {}
          clients: {idp: {token: "${env:ACME_TOKEN}"}}
      tables:
        groups: {Agent: Agents, Lead: Leads, Clerk: Clerks}
      flows:
        people:
          source: hr
          target: acme
          every: 1h
          follow: false
          map: {userName: mail, title: title}
          groups: 'lookupAll("groups", title)'
      """;

  private static final int PLANS_MAX = 4;

  private final Site site = Site.with(YAML);

  @AfterEach
  void close() {
    site.close();
  }

  /// One person for each title.
  private void hr(String... titles) {
    var csv = new StringBuilder("id,mail,title\n");
    for (var i = 0; i < titles.length; i++) {
      if (titles[i].isEmpty()) continue;
      csv.append("E%d,p%d@x.org,%s\n".formatted(i, i, titles[i]));
    }
    site.file("people.csv", csv.toString());
  }

  private static void settle(Work work) throws InterruptedException {
    var planned = work.plan();
    for (var plans = 0; !planned.isEmpty(); plans++) {
      assertThat(plans).isLessThan(PLANS_MAX);
      work.apply(planned);
      planned = work.plan();
    }
  }

  private static void appliesWithoutRefusal(Work work) throws InterruptedException {
    CycleReport planned = work.plan();
    assertThat(planned.isEmpty()).isFalse();
    var report = work.apply(planned);
    assertThat(report.done()).as(report.toString()).isEqualTo(planned.plan().changes().size());
    assertThat(work.plan().plan().changes()).isEmpty();
    assertThat(work.seats()).isEqualTo(Map.of("CX1", 3L));
  }

  @Test
  void twoWhoChangePlacesShareASeat() throws InterruptedException {
    hr("Agent", "Agent", "Lead", "Clerk", "Clerk");
    try (var work = Work.at(site)) {
      settle(work);
      assertThat(work.seats()).isEqualTo(Map.of("CX1", 3L));
      hr("Agent", "Clerk", "Clerk", "Agent", "Lead");
      appliesWithoutRefusal(work);
    }
  }

  @Test
  void theGroupThatLosesMoreThanItGainsGoesFirst() throws InterruptedException {
    hr("Agent", "Lead", "Lead", "Clerk", "Clerk", "Clerk");
    try (var work = Work.at(site)) {
      settle(work);
      hr("Clerk", "Clerk", "Clerk", "Agent", "Agent", "Lead");
      appliesWithoutRefusal(work);
      hr("Lead", "Lead", "Agent", "Clerk", "Clerk", "Clerk");
      appliesWithoutRefusal(work);
    }
  }

  @Test
  void aLeaversSeatIsThatOfTheMover() throws InterruptedException {
    hr("Agent", "Agent", "Lead", "Clerk");
    try (var work = Work.at(site)) {
      settle(work);
      hr("", "Agent", "Lead", "Agent");
      appliesWithoutRefusal(work);
    }
  }
}
