package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.testkit.ScimCalls;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A served flow follows its source at once, long before its interval is over.
class WatchTest {
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final String YAML =
      """
      sources:
        hr: {csv: {file: people.csv, key: id}}
        hub: {organization: {name: hub, sourceOrg: hr}}
      targets:
        hub: {organization: hub}
        acme: {organization: acme}
      organizations:
        hub: {clients: {idp: {token: "${env:ACME_TOKEN}"}}}
        acme: {clients: {idp: {token: "${env:ACME_TOKEN}"}}}
      flows:
        onward: {source: hub, target: acme, every: 1h, map: {userName: userName}}
        people: {source: hr, target: hub, every: 1h, map: {userName: mail}}
      """;

  private static final int LONG_QUEUE = 600;
  private static final String CLIENT =
      "clients: {idp: {token: \"${env:ACME_TOKEN}\", rateLimit: {requestsPerMinute: 0}}}";

  private final Site site = Site.with(YAML).file("people.csv", "id,mail\nE1,a@x.org\n");

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void aReplacedFileAndAChangedOrganizationAreFollowedAtOnce() {
    try (var served = site.serve()) {
      served.runFlows();
      var acme = Site.calls(served, "acme");
      eventually(() -> has(acme, "a@x.org"), "the first cycle, carried on");
      site.file("people.csv", "id,mail\nE1,a@x.org\nE2,b@x.org\n");
      eventually(() -> has(acme, "b@x.org"), "a new row, carried on");
    }
  }

  /// Law 3: it was once seen only when all was sent, here ten minutes later.
  @Test
  void aLeaverIsSeenWhileALongQueueIsSent() {
    slow();
    try (var served = site.serve()) {
      served.runFlows();
      var acme = Site.calls(served, "acme");
      eventually(() -> acme.total("active eq true") == 1, "the first account");
      site.file("people.csv", "id,mail\nE1,a@x.org\n" + others());
      eventually(() -> acme.total("active eq true") > 2, "the queue is being sent");
      site.file("people.csv", "id,mail\n" + others());
      eventually(() -> acme.total("active eq false") == 1, "the leaver is out");
      assertThat(acme.total("active eq true")).isLessThan(LONG_QUEUE / 2);
    }
  }

  /// One flow from the file into an organization that takes a request a second.
  private void slow() {
    var limit = "acme: {rateLimit: {requestsPerMinute: 60, burst: 20, flows: true}, clients";
    site.replacing("acme: {clients", limit)
        .replacing("clients: {idp: {token: \"${env:ACME_TOKEN}\"}}}\nflows", CLIENT + "}\nflows")
        .replacing(
            "  onward: {source: hub, target: acme, every: 1h, map: {userName: userName}}\n", "")
        .replacing("target: hub,", "target: acme, guard: {leavers: 10},");
  }

  private static String others() {
    return IntStream.range(0, LONG_QUEUE)
        .mapToObj("Q%1$d,q%1$d@x.org\n"::formatted)
        .collect(Collectors.joining());
  }

  private static boolean has(ScimCalls calls, String userName) {
    return calls.total("userName eq \"" + userName + "\"") == 1;
  }

  private static void eventually(BooleanSupplier condition, String what) {
    long end = System.nanoTime() + LONG_ENOUGH.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}
