package dev.tenure.cli.bench;

import static dev.tenure.cli.bench.Percentile.median;

import dev.tenure.cli.Installation;
import dev.tenure.cli.Workplace;
import dev.tenure.cli.bench.store.KnownPopulation;
import dev.tenure.cli.bench.store.Population;
import dev.tenure.database.DataDirectory;
import dev.tenure.database.Database;
import dev.tenure.database.DatabaseConfig;
import dev.tenure.flow.Turn;
import dev.tenure.id.FlowId;
import dev.tenure.id.OrganizationId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/// Turns of served flows over a directory and a file in which nobody, one person or a hundredth of
/// all changed, and all of whom have their account already.
final class CycleBench {
  private static final OrganizationId BENCH = new OrganizationId("bench");
  private static final FlowId FILE = new FlowId("file");
  private static final FlowId READ = new FlowId("read");
  private static final FlowId FOLLOWED = new FlowId("followed");
  private static final String SEARCH = "ldapsearch of everybody into a file";
  private static final int BATCH = 50_000;
  private static final double SECONDS_OF_A_MILLION = 60;
  private final Installation installation;
  private final int size;
  private final int runs;

  CycleBench(Installation installation, int size, int runs) {
    this.installation = installation;
    this.size = size;
    this.runs = runs;
  }

  /// With a directory; needs OpenLDAP on this machine.
  List<Figure> directory() throws Exception {
    try (var scratch = Scratch.make();
        var slapd = Slapd.start(Files.createDirectory(scratch.path().resolve("ldap")), size);
        var place = settled(scratch.path(), flows(slapd), List.of(READ, FOLLOWED))) {
      var search = new double[runs];
      var read = new double[runs];
      var followed = new double[runs];
      var explained = new double[runs];
      for (var run = 0; run < runs; run++) {
        search[run] = slapd.search();
        read[run] = seconds(() -> few(turn(place, READ), 0));
        slapd.title(1 + run, "Chief");
        followed[run] = seconds(() -> few(turn(place, FOLLOWED), 1));
        var flow = place.flow(FOLLOWED);
        var person = "E" + size / (run + 1);
        explained[run] =
            seconds(() -> place.explainer().explain(flow, person, flow.clock().instant()));
        turn(place, READ);
      }
      var all = "%,d people".formatted(size);
      return List.of(
          Figure.of(SEARCH + ", " + all, "%.2f s".formatted(median(search))),
          Figure.of("turn without a change, read whole", "%.2f s".formatted(median(read))),
          Figure.atMost("the same, of ldapsearch", 100 * median(read) / median(search), 200, "%"),
          Figure.atMost("turn with one changed person, followed", median(followed), 1, "s"),
          Figure.atMost("explain", 1_000 * median(explained), 200, "ms"));
    }
  }

  /// Fills a folder with a file of people whose accounts are known.
  void prepare(Path folder) throws Exception {
    try (var place = populated(folder, file())) {
      var flow = place.flow(FILE);
      onDatabase(
          folder,
          database -> {
            var known = new KnownPopulation(database, BENCH, flow);
            inBatches(known::people);
            known.read();
            new Population(database, BENCH).settle();
          });
      about(turn(place, FILE), 0);
    }
  }

  /// One turn over that folder, after a hundredth of the people got this title.
  List<Figure> hundredth(Path folder) throws Exception {
    var config = folder.resolve("tenure.yaml");
    try (var place = installation.serve(config, folder.resolve("data"), 0)) {
      var read = new double[runs];
      var changed = new double[runs];
      for (var run = 0; run < runs; run++) {
        read[run] = seconds(() -> about(turn(place, FILE), 0));
        CyclePeople.write(folder.resolve("people.csv"), size, "Chief " + System.nanoTime());
        var turns = new ArrayList<Turn>();
        seconds(() -> turns.add(turn(place, FILE)));
        about(turns.getFirst(), size / 100);
        changed[run] = steps(turns.getFirst());
      }
      var limit = SECONDS_OF_A_MILLION * size / 1_000_000;
      var heap = Runtime.getRuntime().maxMemory() >> 20;
      return List.of(
          Figure.of("file of %,d people without a change".formatted(size), text(read)),
          Figure.atMost("1 % changed: read, decide, plan", median(changed), limit, "s"),
          Figure.of("in a heap of at most", heap + " MB"));
    }
  }

  private static String text(double[] seconds) {
    return "%.2f s".formatted(median(seconds));
  }

  /// Opens a new Tenure whose organization has everybody, and lets these flows come to rest.
  private Workplace settled(Path folder, String flows, List<FlowId> ids) throws Exception {
    var place = populated(folder, flows);
    try {
      for (var id : ids) {
        turn(place, id);
        about(turn(place, id), 0);
      }
      return place;
    } catch (Exception e) {
      place.close();
      throw e;
    }
  }

  /// Opens a new Tenure whose organization has everybody.
  private Workplace populated(Path folder, String flows) throws Exception {
    CyclePeople.write(folder.resolve("people.csv"), size, "");
    Files.writeString(folder.resolve("password"), Slapd.PASSWORD);
    var config = Files.writeString(folder.resolve("tenure.yaml"), flows);
    var data = folder.resolve("data");
    var place = installation.serve(config, data, 0);
    try {
      onDatabase(folder, this::populate);
      return place;
    } catch (Exception e) {
      place.close();
      throw e;
    }
  }

  private void populate(Database database) {
    var population = new Population(database, BENCH, BENCH.value());
    inBatches(population::users);
    population.settle();
  }

  /// Does something for the people of these numbers, both included.
  private interface Numbers {
    void from(int first, int last);
  }

  private void inBatches(Numbers work) {
    for (var from = 1; from <= size; from += BATCH) {
      work.from(from, Math.min(from + BATCH - 1, size));
    }
  }

  private static void onDatabase(Path folder, Consumer<Database> work) {
    var data = folder.resolve("data");
    var owner = DataDirectory.attachment(data).orElseThrow();
    try (var database = Database.attach(new DatabaseConfig.Embedded(), data, owner, 1)) {
      work.accept(database);
    }
  }

  private static Turn turn(Workplace place, FlowId flow) throws InterruptedException {
    return place.cycle().turn(place.flow(flow), true);
  }

  private static Turn about(Turn turn, int count) {
    var about =
        turn.about().orElseThrow(() -> new IllegalStateException("everybody was decided on"));
    if (about.size() != count) throw new IllegalStateException(about.size() + " were decided on");
    return turn;
  }

  /// Both flows have the same accounts: what one of them sent, the other looks at again.
  private Turn few(Turn turn, int least) {
    var count = turn.about().map(Set::size).orElse(size);
    if (count < least || count > runs) throw new IllegalStateException(count + " were decided on");
    return turn;
  }

  private static double steps(Turn turn) {
    var steps = turn.report().orElseThrow().steps().values();
    return steps.stream().mapToLong(Duration::toNanos).sum() / 1e9;
  }

  private static double seconds(Callable<?> work) throws Exception {
    long begun = System.nanoTime();
    work.call();
    return (System.nanoTime() - begun) / 1e9;
  }

  private static String flows(Slapd slapd) {
    return """
    sources:
      company:
        ldap:
          url: %s
          bind: "%s"
          password: ${file:password}
          people: {base: "ou=people,%s", filter: (objectClass=inetOrgPerson)}
          groups: {base: "ou=groups,%s"}
          key: employeeNumber
    """
            .formatted(slapd.url(), Slapd.ROOT, Slapd.BASE, Slapd.BASE)
        + ORGANIZATION
        + "flows:\n"
        + flow(READ, false, "displayName", "departmentNumber")
        + flow(FOLLOWED, true, "displayName", "departmentNumber");
  }

  private static String file() {
    return "sources: {company: {csv: {file: people.csv, key: id}}}\n"
        + ORGANIZATION
        + "flows:\n"
        + flow(FILE, false, "display", "department");
  }

  private static final String ORGANIZATION =
      """
      organizations: {bench: {profile: standard}}
      targets: {bench: {organization: bench}}
      """;

  private static String flow(FlowId id, boolean follow, String display, String department) {
    return """
      %s:
        source: company
        target: bench
        sourceOrg: bench
        every: 1h
        sweep: 24h
        follow: %b
        guard: {updates: {count: 0, share: 0%%}}
        map:
          userName: mail
          displayName: %s
          title: title
          department: %s
    """
        .formatted(id, follow, display, department)
        .indent(2);
  }
}
