package dev.tenure.cli.bench;

import static dev.tenure.cli.bench.Percentile.highest;
import static dev.tenure.cli.bench.Percentile.median;

import dev.tenure.cli.Installation;
import dev.tenure.cli.bench.store.Population;
import dev.tenure.deliver.Queue;
import dev.tenure.id.FlowId;
import dev.tenure.id.OrganizationId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/// How soon a leaver is out: while everybody else's update waits under a limit, and through a hub
/// where nothing waits.
final class LeaverBench {
  private static final int QUEUED = 50_000;
  private static final int PER_MINUTE = 300;
  private static final int LEAVERS = 20;
  private static final int PUSHED = 50;
  private static final int HUB = 1_000;
  private static final int SETTLING = 200;
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final Installation installation;

  LeaverBench(Installation installation) {
    this.installation = installation;
  }

  List<Figure> measure() throws Exception {
    var figures = new ArrayList<>(queued());
    figures.addAll(pushed());
    return figures;
  }

  private List<Figure> queued() throws Exception {
    var yaml =
        DeliverBench.SOURCE
            + """
            organizations:
              busy:
                rateLimit: {requestsPerMinute: %d, burst: %d, flows: true}
                clients: {load: {token: "${file:token}", rateLimit: {requestsPerMinute: 0}}}
            targets: {busy: {organization: busy}}
            flows:
            """
                .formatted(PER_MINUTE, PER_MINUTE)
            + DeliverBench.flow("busy", "busy", "follow: true");
    try (var hosted = Hosted.start(installation, QUEUED, yaml)) {
      hosted.populate("busy", QUEUED, "bench");
      rewrite(hosted, " II", 0);
      hosted.place().runFlows();
      var all = new Queue.Taker(new FlowId("busy"), Optional.empty(), "bench");
      await(() -> hosted.place().queue().open(all) > QUEUED * 9 / 10);
      var seconds = new double[LEAVERS];
      for (var n = 1; n <= LEAVERS; n++) {
        rewrite(hosted, " II", n);
        seconds[n - 1] = untilOut(hosted, "busy", n);
      }
      var waiting = hosted.place().queue().open(all);
      if (waiting < QUEUED / 2) throw new IllegalStateException("only " + waiting + " waited");
      var name = "leaver while %,d updates wait at %d a minute".formatted(QUEUED, PER_MINUTE);
      return List.of(
          Figure.of(name + ", median", "%.2f s".formatted(median(seconds))),
          Figure.atMost("the same, slowest of " + LEAVERS, highest(seconds), 5, "s"),
          Figure.atMost("the same: answers of 429", hosted.refused("busy"), 0, ""));
    }
  }

  /// Everybody's title has something added, and the first ones are gone.
  private static void rewrite(Hosted hosted, String added, int gone) throws IOException {
    var file = hosted.people();
    try (var rows = Files.lines(file)) {
      var next = file.resolveSibling("next");
      var text =
          rows.filter(row -> gone == 0 || !row.startsWith("E" + gone + ","))
              .map(row -> row.replaceFirst("(Agent \\d+)(?=,)", "$1" + added))
              .collect(Collectors.joining("\n", "", "\n"));
      Files.writeString(next, text);
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private List<Figure> pushed() throws Exception {
    var yaml =
        """
        sources: {front: {organization: {name: front, key: externalId}}}
        organizations:
          front: {clients: %s}
          back: {clients: %s}
        targets: {back: {organization: back}}
        flows:
          hub:
            source: front
            target: back
            every: 1h
            sweep: 24h
            guard: {leavers: 1000000}
            map: {userName: userName, displayName: displayName, title: title}
        """
            .formatted(DeliverBench.CLIENT, DeliverBench.CLIENT);
    try (var hosted = Hosted.start(installation, 1, yaml)) {
      new Population(hosted.database(), new OrganizationId("front")).users(1, HUB);
      hosted.place().runFlows();
      // What is measured is a leaver behind whom nothing waits.
      var all = new Queue.Taker(new FlowId("hub"), Optional.empty(), "bench");
      await(() -> isActive(hosted, "back", HUB) && hosted.place().queue().open(all) == 0);
      var seconds = new double[PUSHED];
      try (var wire = new Wire(hosted.place().base().getPort())) {
        var front = hosted.work("front", HUB);
        for (var n = 1; n <= PUSHED; n++) {
          LockSupport.parkNanos(Duration.ofMillis(SETTLING).toNanos());
          wire.exchange(front.deactivate(n));
          seconds[n - 1] = untilOut(hosted, "back", n);
        }
      }
      return List.of(
          Figure.of("leaver pushed into a hub, until out behind it, median", text(seconds)),
          Figure.atMost("the same, slowest of " + PUSHED, highest(seconds), 1, "s"));
    }
  }

  private static String text(double[] seconds) {
    return "%.3f s".formatted(median(seconds));
  }

  private static double untilOut(Hosted hosted, String organization, int number) {
    var begun = System.nanoTime();
    await(() -> !isActive(hosted, organization, number));
    return (System.nanoTime() - begun) / 1e9;
  }

  private static boolean isActive(Hosted hosted, String organization, int number) {
    try (var wire = new Wire(hosted.place().base().getPort())) {
      var found = wire.exchange(hosted.work(organization, 1).named(number));
      return found.replace(" ", "").contains("\"active\":true");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(BooleanSupplier so) {
    var deadline = System.nanoTime() + LONGEST.toNanos();
    while (!so.getAsBoolean()) {
      if (System.nanoTime() > deadline) throw new IllegalStateException("nothing happens");
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }
}
