package dev.tenure.cli.bench;

import dev.tenure.cli.Installation;
import dev.tenure.cli.bench.store.Bare;
import dev.tenure.cli.bench.store.Population;
import dev.tenure.database.DataDirectory;
import dev.tenure.database.Database;
import dev.tenure.database.DatabaseConfig;
import dev.tenure.id.OrganizationId;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/// An organization under load, beside a bare handler on the same stack: every case in turn, several
/// times, so that what disturbs the machine disturbs all of them; medians count.
final class ScimBench {
  private static final String TOKEN = "bench-bench-bench-bench";
  private static final OrganizationId BENCH = new OrganizationId("bench");
  private static final int CONNECTIONS = 16;
  private static final int USERS = 10_000;
  private static final int MILLION = 1_000_000;

  /// A server runs for days: what compiling the JVM's code costs at first is left out.
  private static final Duration WARMING = Duration.ofSeconds(8);

  private static final int LIST_PAGE = 1_000;
  private static final int MEGA = 1 << 20;
  private final Installation installation;
  private final Duration time;
  private final int rounds;
  private final Map<String, List<Load.Done>> done = new LinkedHashMap<>();

  ScimBench(Installation installation, Duration time, int rounds) {
    this.installation = installation;
    this.time = time;
    this.rounds = rounds;
  }

  /// With `million`, groups and lists of a million users are measured, too.
  List<Figure> measure(boolean million) throws IOException, InterruptedException {
    return measure((work, bare, population) -> {
      var figures = new ArrayList<>(usual(work, bare, population));
      figures.addAll(groups(work, population, million));
      return figures;
    });
  }

  /// Only the cases with one of these texts, which have commas between them, in their names: for
  /// whoever makes one faster.
  List<Figure> only(String texts) throws IOException, InterruptedException {
    var wanted = List.of(texts.split(",", -1));
    return measure((work, bare, population) -> {
      population.settle();
      var works =
          Stream.concat(reads(work, bare).stream(), writes(work, bare).stream())
              .filter(w -> wanted.stream().anyMatch(w.name()::contains))
              .toList();
      repeat(works, CONNECTIONS);
      return works.stream().map(Work::name).map(this::alone).toList();
    });
  }

  private Figure alone(String name) {
    double cpu = median(done(name).map(Load.Done::cpuPerThousand));
    double database = median(done(name).map(Load.Done::databasePerThousand));
    return Figure.of(
        name,
        "%s, %.3f s CPU for 1,000 (%.3f s of PostgreSQL), p50 %.2f ms"
            .formatted(speed(name), cpu, database, millis(name)));
  }

  private interface Measuring {
    List<Figure> figures(ScimWork work, int bare, Population population)
        throws IOException, InterruptedException;
  }

  private List<Figure> measure(Measuring measuring) throws IOException, InterruptedException {
    try (var scratch = Scratch.make()) {
      var data = scratch.path().resolve("data");
      try (var workplace = installation.serve(configuration(scratch.path()), data, 0);
          var database = attach(data);
          var bare = BareServer.start(table(database))) {
        int port = workplace.base().getPort();
        var population = new Population(database, BENCH);
        var work = new ScimWork(port, BENCH.value(), TOKEN, USERS);
        return measuring.figures(work, bare.port(), population);
      }
    }
  }

  /// With the users, and as many rows.
  private static Bare table(Database database) {
    new Population(database, BENCH).users(1, USERS);
    var bare = new Bare(database, BENCH);
    bare.fill();
    return bare;
  }

  private static Path configuration(Path folder) throws IOException {
    Files.writeString(folder.resolve("token"), TOKEN);
    return Files.writeString(
        folder.resolve("tenure.yaml"),
        """
        organizations:
          bench:
            rateLimit: {requestsPerMinute: 0}
            clients: {load: {token: "${file:token}"}}
        """);
  }

  private static Database attach(Path data) {
    var owner = DataDirectory.attachment(data).orElseThrow();
    return Database.attach(new DatabaseConfig.Embedded(), data, owner, CONNECTIONS);
  }

  private List<Figure> usual(ScimWork work, int bare, Population population)
      throws IOException, InterruptedException {
    population.settle();
    repeat(reads(work, bare), CONNECTIONS);
    repeat(writes(work, bare), CONNECTIONS);
    var figures = new ArrayList<Figure>();
    figures.add(Figure.of("bare SELECT", speed("bare SELECT")));
    for (var name : List.of("GET by id", "filter userName eq", "filter externalId eq")) {
      figures.add(ratio(name, "bare SELECT", 70));
      figures.add(cpu(name, 0.12));
    }
    figures.add(Figure.of("bare INSERT", speed("bare INSERT")));
    figures.add(ratio("POST user", "bare INSERT", 60));
    figures.add(Figure.of("bare UPDATE", speed("bare UPDATE")));
    figures.add(ratio("PATCH active", "bare UPDATE", 60));
    for (var kind : List.of("index", "cursor")) {
      figures.add(cpu("first page by " + kind, 3));
      figures.add(cpu("last page by " + kind, 3));
      double times = millis("last page by " + kind) / millis("first page by " + kind);
      figures.add(Figure.atMost("last page by " + kind + ", to the first", times, 1.5, "x"));
    }
    figures.add(cpu("filter co", 5));
    figures.add(cpu("filter of 3 terms", 5));
    return figures;
  }

  private static List<Work> reads(ScimWork work, int bare) throws IOException {
    int last = work.users() - 99;
    var terms = "active eq true and (department eq \"Department @\" or displayName co \"r00001@\")";
    return List.of(
        work.bareGet(bare),
        work.get(),
        work.eq("userName"),
        work.eq("externalId"),
        work.page("first page by index", "startIndex=1"),
        work.page("last page by index", "startIndex=" + last),
        work.page("first page by cursor", "cursor="),
        work.page("last page by cursor", "cursor=" + work.lastCursor()),
        work.filter("filter co", "displayName co \"r00001@\""),
        work.filter("filter of 3 terms", terms));
  }

  private static List<Work> writes(ScimWork work, int bare) {
    return List.of(work.bareUpdate(bare), work.active(), work.bareInsert(bare), work.create());
  }

  private List<Figure> groups(ScimWork work, Population population, boolean million)
      throws IOException, InterruptedException {
    if (million) population.users(USERS + 1, MILLION + 1);
    var sizes = million ? List.of(100, USERS, MILLION) : List.of(100, USERS - 1);
    var works = new ArrayList<Work>();
    for (int size : sizes) {
      var id = new UUID(0x0190000000017000L, 0x8000000000000000L | size);
      population.group(id, size);
      works.add(work.member("PATCH a member, group of " + size, id, Population.id(size + 1)));
      if (size >= USERS - 1 && size <= USERS) {
        works.add(work.group("GET group of 10,000", id, ""));
        works.add(work.group("GET group without members", id, "?excludedAttributes=members"));
      }
    }
    works.add(work.get());
    population.settle();
    done.remove("GET by id");
    repeat(works, 1);
    var figures = new ArrayList<Figure>();
    for (int size : sizes) {
      var name = "PATCH a member, group of " + size;
      double small = millis("PATCH a member, group of 100");
      figures.add(Figure.of(name + ", p50", "%.2f ms".formatted(millis(name))));
      figures.add(Figure.atMost(name + ", to that of 100", millis(name) / small, 1.5, "x"));
    }
    figures.add(Figure.atMost("GET group of 10,000", millis("GET group of 10,000"), 15, "ms"));
    double alone = millis("GET group without members") / millis("GET by id");
    figures.add(Figure.atMost("GET group without members, to GET user", alone, 1.2, "x"));
    if (million) figures.addAll(list(work));
    return figures;
  }

  private static List<Figure> list(ScimWork work) throws IOException {
    var most = new double[1];
    System.gc();
    long begun = System.nanoTime();
    int listed = work.list(LIST_PAGE, () -> most[0] = Math.max(most[0], live()));
    double seconds = (System.nanoTime() - begun) / 1e9;
    return List.of(
        Figure.of("list %,d users by cursor".formatted(listed), "%.0f s".formatted(seconds)),
        Figure.atMost("heap in use after collections while listing", most[0], 512, "MB"));
  }

  /// What was left after the last collection of each part of the heap, in MB.
  private static double live() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
            .map(MemoryPoolMXBean::getCollectionUsage)
            .flatMap(Stream::ofNullable)
            .mapToDouble(usage -> usage.getUsed())
            .sum()
        / MEGA;
  }

  /// The first round warms up.
  private void repeat(List<Work> works, int connections) throws InterruptedException {
    for (int round = 0; round <= rounds; round++) {
      for (var each : works) note(each, connections, round == 0);
    }
  }

  private void note(Work work, int connections, boolean warming) throws InterruptedException {
    var result = new Load(connections).run(work, warming ? WARMING : time);
    if (!warming) done.computeIfAbsent(work.name(), _ -> new ArrayList<>()).add(result);
  }

  private String speed(String name) {
    return "%.0f requests/s".formatted(perSecond(name));
  }

  private Figure ratio(String name, String bare, int least) {
    var shown = name + " (" + speed(name) + "), of the " + bare;
    return Figure.atLeast(shown, 100 * perSecond(name) / perSecond(bare), least, "%");
  }

  private Figure cpu(String name, double most) {
    double value = median(done(name).map(Load.Done::cpuPerThousand));
    return Figure.atMost(name + ", CPU for 1,000", value, most, "s");
  }

  private double perSecond(String name) {
    return median(done(name).map(Load.Done::perSecond));
  }

  private double millis(String name) {
    return median(done(name).map(Load.Done::medianMillis));
  }

  private Stream<Load.Done> done(String name) {
    return done.getOrDefault(name, List.of()).stream();
  }

  private static double median(Stream<Double> values) {
    var sorted = values.sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
