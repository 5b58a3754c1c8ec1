package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.cli.Workplace;
import dev.tenure.flow.Flow;
import dev.tenure.id.FlowId;
import dev.tenure.testkit.ScimCalls;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A running server does what `tenure.yaml` says now.
class ReloadTest {
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final String YAML =
      """
      sources:
        hr: {csv: {file: people.csv, key: id}}
      targets:
        acme: {organization: acme}
        other: {organization: other}
      organizations:
        acme: {clients: {idp: {token: "${env:ACME_TOKEN}"}}}
        other: {clients: {idp: {token: "${env:ACME_TOKEN}"}}}
      tables:
        titles: {Agent: Representative}
      flows:
        people:
          source: hr
          target: acme
          every: 1h
          follow: false
          map: {userName: mail, title: title}
        steady: {source: hr, target: other, every: 1h, follow: false, map: {userName: mail}}
      """;

  private final Site site =
      Site.with(YAML).file("people.csv", "id,mail,title,dept\nE1,a@x.org,Agent,Sales\n");

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void changedRulesTablesAndFlowsCountWithoutARestart() {
    try (var served = site.serve()) {
      served.runFlows();
      var acme = Site.calls(served, "acme");
      eventually(() -> title(acme).equals("Agent"), "the first turn");
      var steady = flow(served, "steady");
      site.replacing("  acme: {clients: {idp:", "  acme: {deactivation: lock, clients: {idp:");
      site.replacing("title: title}", "title: upper(title)}");
      eventually(() -> title(acme).equals("AGENT"), "the changed rule");
      assertThat(flow(served, "steady")).isSameAs(steady);
      site.replacing("title: upper(title)}", "title: 'lookup(\"titles\", title)'}");
      eventually(() -> title(acme).equals("Representative"), "a rule with a table");
      site.replacing("titles: {Agent: Representative}", "titles: {Agent: Clerk}");
      eventually(() -> title(acme).equals("Clerk"), "the changed table");
      site.replacing("  steady:", "  second:");
      eventually(() -> names(served).equals(List.of("people", "second")), "another flow");
    }
  }

  private static List<String> names(Workplace served) {
    return served.flows().stream().map(flow -> flow.id().value()).toList();
  }

  private static Flow flow(Workplace served, String name) {
    return served.flow(new FlowId(name));
  }

  private static String title(ScimCalls calls) {
    return calls.total("userName eq \"a@x.org\"") == 1
        ? calls.user("a@x.org").path("title").asString("")
        : "";
  }

  private static void eventually(BooleanSupplier condition, String what) {
    long end = System.nanoTime() + LONG_ENOUGH.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}
