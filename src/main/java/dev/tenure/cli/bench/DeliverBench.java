package dev.tenure.cli.bench;

import static dev.tenure.cli.bench.Percentile.median;

import dev.tenure.cli.Installation;
import dev.tenure.cli.bench.store.Backlog;
import dev.tenure.deliver.DeliveryReport;
import dev.tenure.deliver.PlanNumber;
import dev.tenure.deliver.Progress;
import dev.tenure.deliver.Queue;
import dev.tenure.id.FlowId;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// How fast changes are sent: under a limit, without one beside a bare loop of requests, and from a
/// long queue.
final class DeliverBench {
  private static final int PER_MINUTE = 1_200;
  private static final int PACED = 1_200;
  private static final int SCARCE = 300;

  /// What an unused target lets through at once: so few that the rest has to be paced.
  private static final int BURST = 20;

  private static final int FAILS_EVERY = 20;
  private static final int CONCURRENCY = 8;
  private static final int BATCH = 50;
  private static final int LEASES = 200;
  private static final int MILLION = 1_000_000;
  private static final Duration WHILE = Duration.ofSeconds(10);
  private static final int MEGA = 1 << 20;

  private final Installation installation;
  private final int size;
  private final int runs;

  DeliverBench(Installation installation, int size, int runs) {
    this.installation = installation;
    this.size = size;
    this.runs = runs;
  }

  /// All of it, or `only` one of paced, eta, bulk, free, leaver and million.
  List<Figure> measure(String only) throws Exception {
    var figures = new ArrayList<Figure>();
    if ("paced".contains(only)) figures.addAll(paced());
    if ("eta".contains(only)) figures.addAll(eta());
    if ("bulk".contains(only)) figures.add(bulk());
    if ("free".contains(only)) figures.addAll(free());
    if ("leaver".contains(only)) figures.addAll(new LeaverBench(installation).measure());
    if ("million".contains(only)) figures.addAll(million());
    return figures;
  }

  private List<Figure> paced() throws Exception {
    var yaml =
        SOURCE
            + """
            organizations:
              paced: {rateLimit: {requestsPerMinute: %d, burst: %d, flows: true}}
            targets: {paced: {organization: paced}}
            flows:
            """
                .formatted(PER_MINUTE, BURST)
            + flow("paced", "paced", "");
    try (var hosted = Hosted.start(installation, PACED, yaml)) {
      var took = seconds(applied(hosted, "paced"));
      var least = 60.0 * PACED / PER_MINUTE;
      var name = "%,d creations under %,d a minute, announced".formatted(PACED, PER_MINUTE);
      return List.of(
          Figure.atMost(name + ": of N/R", took / least, 1.03, "x"),
          Figure.atMost("the same: answers of 429", hosted.refused("paced"), 0, ""));
    }
  }

  /// What is said at the start of how long it takes, where each twentieth change fails at first.
  private List<Figure> eta() throws Exception {
    try (var front = FaultyFront.open(FAILS_EVERY)) {
      var yaml = behind("eta", PER_MINUTE, front, "bulk: false") + flow("eta", "eta", "");
      try (var hosted = Hosted.start(installation, PACED, yaml)) {
        front.before(hosted.place().base().getPort());
        var said = new ArrayList<Duration>();
        var report = applied(hosted, "eta", state -> state.remaining().ifPresent(said::add));
        var expected = said.getFirst().toMillis() / 1000.0;
        var wrong = 100 * Math.abs(expected / seconds(report) - 1);
        var name = "time said at the start, each 20th change fails once: ";
        return List.of(
            Figure.of(name + "said", "%.1f s".formatted(expected)),
            Figure.of("the same: took", "%.1f s".formatted(seconds(report))),
            Figure.atMost("the same: wrong by", wrong, 10, "%"));
      }
    }
  }

  /// An organization with this limit, as a target elsewhere would be, up to its flows.
  private static String behind(String name, int perMinute, FaultyFront front, String more) {
    return SOURCE
        + """
        organizations:
          %1$s:
            rateLimit: {requestsPerMinute: %2$d, burst: %3$d}
            clients: %4$s
        targets:
          %1$s: {scim: {url: "http://127.0.0.1:%5$d/%1$s/scim/v2", token: "${file:token}", %6$s}}
        flows:
        """
            .formatted(name, perMinute, BURST, CLIENT, front.port(), more);
  }

  /// Fifty people as one request, where the target takes that.
  private Figure bulk() throws Exception {
    try (var front = FaultyFront.open(Integer.MAX_VALUE)) {
      var yaml = behind("bulk", SCARCE, front, "bulk: true") + flow("bulk", "bulk", "");
      try (var hosted = Hosted.start(installation, PACED, yaml)) {
        front.before(hosted.place().base().getPort());
        var took = seconds(applied(hosted, "bulk"));
        var name = "%,d creations by Bulk under %,d a minute: of N/R".formatted(PACED, SCARCE);
        return Figure.of(name, "%.3f x (%.1f s)".formatted(took * SCARCE / 60 / PACED, took));
      }
    }
  }

  /// Both in turns, so that what disturbs the machine disturbs both.
  private List<Figure> free() throws Exception {
    var yaml = new StringBuilder(SOURCE);
    var organizations = new StringBuilder("organizations:\n");
    var targets = new StringBuilder("targets:\n");
    var flows = new StringBuilder("flows:\n");
    for (var run = 0; run < runs; run++) {
      organizations.append(
          "  free-%d: {rateLimit: {requestsPerMinute: 0}, clients: %s}\n".formatted(run, CLIENT));
      targets.append("  free-%d: {organization: free-%d}\n".formatted(run, run));
      flows.append(
          flow("free-" + run, "free-" + run, "deliver: {concurrency: " + CONCURRENCY + "}"));
    }
    yaml.append(organizations).append(targets).append(flows);
    try (var hosted = Hosted.start(installation, size, yaml.toString())) {
      var bare = new double[runs];
      var tenure = new double[runs];
      for (var run = 0; run < runs; run++) {
        var work = hosted.work("free-" + run, size).create();
        bare[run] = new Load(CONCURRENCY).run(work, Duration.ofSeconds(5)).perSecond();
        tenure[run] = size / seconds(applied(hosted, "free-" + run));
      }
      var share = 100 * median(tenure) / median(bare);
      return List.of(
          Figure.of("bare loop of POST, %d at once".formatted(CONCURRENCY), perSecond(bare)),
          Figure.of("%,d creations without a limit".formatted(size), perSecond(tenure)),
          Figure.atLeast("the same, of the bare loop", share, 50, "%"));
    }
  }

  private List<Figure> million() throws Exception {
    var yaml =
        SOURCE
            + """
            organizations: {million: {rateLimit: {requestsPerMinute: 0}}}
            targets: {million: {organization: million}}
            flows:
            """
            + flow("million", "million", "");
    try (var hosted = Hosted.start(installation, 1, yaml)) {
      var flow = new FlowId("million");
      var plan = Backlog.queue(hosted.database(), flow, MILLION);
      var millis = leases(hosted, new Queue.Taker(flow, plan, "bench"));
      var sent = new AtomicLong();
      var delivering = deliver(hosted, plan, sent);
      delivering.join(WHILE);
      var heap = heap();
      delivering.interrupt();
      delivering.join();
      if (sent.get() == 0) throw new IllegalStateException("nothing was sent of the million");
      return List.of(
          Figure.atMost("lease of 50 among a million queued, median", median(millis), 10, "ms"),
          Figure.of("the same, slowest of 200", "%.1f ms".formatted(Percentile.highest(millis))),
          Figure.of("sent in 10 s meanwhile", "%,d".formatted(sent.get())),
          Figure.atMost("heap in use while it is sent from", heap, 512, "MB"));
    }
  }

  private static double[] leases(Hosted hosted, Queue.Taker taker) {
    var millis = new double[LEASES];
    for (var n = 0; n < LEASES; n++) {
      var begun = System.nanoTime();
      var leased = hosted.place().queue().lease(taker, wish(hosted));
      millis[n] = (System.nanoTime() - begun) / 1e6;
      if (leased.size() != BATCH) throw new IllegalStateException(leased.size() + " leased");
    }
    return millis;
  }

  private static Thread deliver(Hosted hosted, PlanNumber plan, AtomicLong sent) {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            var place = hosted.place();
            Progress progress = state -> sent.set(state.done());
            place.cycle().apply(place.flow(new FlowId("million")), plan, progress);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private static Queue.Wish wish(Hosted hosted) {
    var now = hosted.place().flow(new FlowId("million")).clock().instant();
    return new Queue.Wish(BATCH, Queue.Pick.URGENT, now, now.plusSeconds(600));
  }

  private static double heap() {
    System.gc();
    return (double) ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEGA;
  }

  private static DeliveryReport applied(Hosted hosted, String flow) throws InterruptedException {
    return applied(hosted, flow, Progress.NONE);
  }

  private static DeliveryReport applied(Hosted hosted, String flow, Progress progress)
      throws InterruptedException {
    var place = hosted.place();
    var of = place.flow(new FlowId(flow));
    var plan = place.cycle().plan(of);
    var report = place.cycle().apply(of, plan.number().orElseThrow(), progress);
    if (report.done() != plan.plan().changes().size()) {
      throw new IllegalStateException("not everything was sent: " + report.problems());
    }
    return report;
  }

  private static double seconds(DeliveryReport report) {
    return report.took().toNanos() / 1e9;
  }

  private static String perSecond(double[] values) {
    return "%.0f a second".formatted(median(values));
  }

  static final String CLIENT = "{load: {token: \"${file:token}\"}}";
  static final String SOURCE = "sources: {company: {csv: {file: people.csv, key: id}}}\n";

  /// A flow of the people in the file.
  static String flow(String name, String target, String more) {
    return """
      %s:
        source: company
        target: %s
        sourceOrg: bench
        every: 1h
        sweep: 24h
        guard: {leavers: 1000000, updates: {count: 1000000}}
        map: {userName: mail, displayName: display, title: title, department: department}
        %s
    """
        .formatted(name, target, more)
        .indent(2);
  }
}
