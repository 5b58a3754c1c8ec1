package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.cli.Workplace;
import dev.tenure.id.FlowId;
import dev.tenure.target.Budget.Heard;
import dev.tenure.testkit.Product;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The console's first page: how each flow is, and who will come and leave.
class OverviewTest {
  private static final FlowId FLOW = new FlowId("people");
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
          follow: false
          effective: {start: start, end: last}
          map: {userName: mail}
      """;

  private final Site site = Site.with(YAML).file("people.csv", people());

  @AfterEach
  void close() {
    site.close();
  }

  /// Two who will come within 30 days and one after them, two who will leave within them, one who
  /// comes and leaves again.
  private static String people() {
    var today = LocalDate.now(ZoneOffset.UTC);
    return "id,mail,start,last\n"
        + row(1, today.minusDays(90), "")
        + row(2, today.plusDays(3), "")
        + row(3, today.plusDays(20), "")
        + row(4, today.plusDays(45), "")
        + row(5, today.minusDays(90), today.plusDays(10).toString())
        + row(6, today.minusDays(90), today.plusDays(12).toString())
        + row(7, today.plusDays(2), today.plusDays(9).toString());
  }

  private static String row(int number, LocalDate start, String last) {
    return "E" + number + ",p" + number + "@x.example," + start + "," + last + "\n";
  }

  private static Browser admin(Workplace place) {
    var browser = new Browser(place.base());
    var made = place.consoleUsers().first().orElseThrow();
    browser.signIn(made.name(), made.password().reveal());
    return browser;
  }

  @Test
  void whoWillComeAndLeaveIsShownAndHowTheFlowIs() throws InterruptedException {
    try (var place = site.serve()) {
      place.cycle().turn(place.flow(FLOW), true);
      var browser = admin(place);
      assertThat(
              Product.until(
                  () -> browser.get("/console").body().contains("3 will join, 3 will leave")))
          .as(browser.get("/console").body())
          .isTrue();
      assertThat(browser.get("/console").body())
          .contains("The next 30 days", "source read whole", "requests in the last minute");
    }
  }

  @Test
  void whatWaitsAndSinceWhenIsShown() throws InterruptedException {
    try (var place = site.serve()) {
      place.pauses().pause(FLOW, "maintenance", false);
      place.cycle().turn(place.flow(FLOW), true);
      site.sql("update plan set made_at = made_at - interval '3 hours'");
      assertThat(admin(place).get("/console").body())
          .contains("joiner waiting", "the oldest planned 3 h ago");
    }
  }

  @Test
  void aTargetThatAsksForQuietIsSeenAndCounted() {
    try (var place = site.serve()) {
      var budget = place.flow(FLOW).target().budget();
      var busy = new Heard(429, Optional.of(Duration.ofMinutes(5)), Optional.empty());
      budget.heard(busy);
      budget.heard(busy);
      assertThat(budget.load().orElseThrow().refused().values()).containsExactly(2L);
      assertThat(admin(place).get("/console").body()).contains("it asked for quiet until");
    }
  }

  /// What notifications lead to is there.
  @Test
  void theLogsOfTargetsAndNotificationsAreShown() {
    try (var place = site.serve()) {
      var browser = admin(place);
      for (var log : new String[] {"system/targets", "system/notify"}) {
        assertThat(browser.get("/console/audit?log=" + log).statusCode()).as(log).isEqualTo(200);
      }
    }
  }
}
