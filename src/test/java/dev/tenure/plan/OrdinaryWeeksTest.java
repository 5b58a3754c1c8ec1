package dev.tenure.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.policy.GuardLimits;
import dev.tenure.policy.LeaverPolicy;
import dev.tenure.policy.Standing.LeaverEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What happens in a company every week is no accident: the guard lets it pass.
class OrdinaryWeeksTest {
  private static final int WEEKS = 200;
  private static final PlanPolicy POLICY =
      Rules.with(
          Rules.policy("externalId", "userName"),
          LeaverPolicy.DEACTIVATE,
          new GuardLimits(Map.of()));

  @Test
  void fewerThanOneInAHundredOrdinaryWeeksIsHeld() {
    var random = new Random(7);
    var company = new Company(random, 180);
    var held = new ArrayList<String>();
    for (var week = 0; week < WEEKS; week++) {
      pass(company, random, week);
      var plan = Company.plan(POLICY, company.world());
      if (plan.changes().stream().anyMatch(Change::held)) held.add(week + ": " + plan.findings());
      company.settle().lockGone();
    }
    assertThat(held).as("seed 7").hasSizeLessThan(WEEKS / 100);
  }

  private static void pass(Company company, Random random, int week) {
    var events = List.of(LeaverEvent.DISABLED_IN_SOURCE, LeaverEvent.OUT_OF_SCOPE);
    company.leave(company.some(company.staff(), random.nextInt(4)), events.get(week % 2));
    company.gone(company.some(company.staff(), random.nextInt(3)));
    // A new class begins every quarter.
    var joiners = week % 13 == 0 ? 15 : random.nextInt(6);
    for (var i = 0; i < joiners; i++) company.hire(company.worker());
    company.change(
        company.some(company.staff(), random.nextInt(6)),
        w -> w.with("department", "Service").with("title", "Lead").with("role", "Lead"));
    company.change(
        company.some(company.staff(), random.nextInt(3)),
        w -> w.with("family", w.get("family") + "-Neu").with("mail", "neu-" + w.get("mail")));
    if (week % 50 == 49) {
      company.change(
          company.staff(w -> w.get("department").equals("Design")),
          w -> w.with("department", "Design & Art"));
    }
  }
}
