package dev.tenure.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.database.MortalServer;
import dev.tenure.scim.ScimJson;
import dev.tenure.testkit.Product;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two real servers deliver into a target that lives elsewhere, from a real PostgreSQL. At random
/// points one of them, both, or the PostgreSQL is killed with SIGKILL. The target's own audit log
/// then says whether something was lost, done twice or undone.
///
/// `-Dcrash.kills=50 -Dcrash.people=2000` for a long one, `-Dcrash.seed=…` to kill at the same
/// points of the work again; how the processes run between them is up to the machine.
class CrashTest {
  private static final int KILLS = Integer.getInteger("crash.kills", 6);
  private static final int PEOPLE = Integer.getInteger("crash.people", 150);

  /// Requests that a node can have under way.
  private static final int WORKERS = 8;

  /// Changes in one of them at first, where they go together.
  private static final int TOGETHER = 10;

  private static final Long SEED = Long.getLong("crash.seed", System.nanoTime());

  private final RandomGenerator random = new Random(SEED);
  private final boolean together = random.nextBoolean();
  private final List<String> story = new ArrayList<>();
  private final List<Casualty> coming = new ArrayList<>();

  @Test
  void nothingIsLostDoubledOrUndone(@TempDir Path folder) throws Exception {
    var file = folder.resolve("people.csv");
    try (var database = MortalServer.start();
        var accounts = new Accounts()) {
      var yaml = yaml(file, accounts);
      var address = database.address();
      var environment =
          Map.of(
              "DATABASE_URL", address.url(),
              "DATABASE_PASSWORD", address.password(),
              "TARGET_TOKEN", accounts.token());
      var staff = new Staff(file);
      staff.hire(PEOPLE);
      try (var office = new Node(yaml, environment);
          var first = new Node(yaml, environment);
          var second = new Node(yaml, environment)) {
        first.start();
        second.start();
        var scene = new Scene(database, accounts, staff, List.of(first, second));
        for (var i = 0; i < KILLS; i++) kill(scene, next());
        comeToRest(scene);
        accounts.assertNothingWasDoneTwiceOrUndone();
        assertNothingIsLeft(office.product());
      }
    } catch (Exception | AssertionError e) {
      throw new AssertionError("again with -Dcrash.seed=" + SEED + story(), e);
    }
    var how = together ? ", changes together" : ", changes one by one";
    Files.writeString(Path.of("target", "crash.txt"), "seed " + SEED + how + story());
  }

  /// So slow that what is to be done lasts longer than a node needs to start.
  private String yaml(Path people, Accounts accounts) {
    return """
    database: {url: "${env:DATABASE_URL}", user: tenure, password: "${env:DATABASE_PASSWORD}"}
    sources:
      hr: {csv: {file: "%s", key: mail}}
    targets:
      acme:
        scim: {url: "%s", token: "${env:TARGET_TOKEN}", timeout: 5s, bulk: %s}
        budget: {requestsPerMinute: %d}
    flows:
      people:
        source: hr
        target: acme
        every: 5s
        sweep: 1m
        map: {userName: mail, title: title}
        guard: {leavers: 1000000}
        deliver: {attempts: 1000000}
    """
        .formatted(people, accounts.url(), together, together ? 200 : 1500);
  }

  private String story() {
    return story.stream().map(line -> "\n" + line).reduce("", String::concat) + "\n";
  }

  private record Scene(MortalServer database, Accounts accounts, Staff staff, List<Node> nodes) {
    boolean isSettled() {
      return accounts.standings().equals(staff.standings());
    }

    /// Waits until the target has done so much, or has nothing left to do.
    void awaitDeeds(long count) {
      var last = new AtomicLong(-1);
      var came =
          Product.until(() -> {
            var deeds = accounts.deeds();
            return deeds >= count || (deeds == last.getAndSet(deeds) && isSettled());
          });
      if (!came)
        throw new AssertionError("nothing goes on" + nodes.stream().map(Node::said).toList());
    }
  }

  /// That a plan from both ends read whole finds nothing to do, and that the log of what was done
  /// is whole.
  private static void assertNothingIsLeft(Product node) {
    var plan = node.run("plan", "people", "--output", "json");
    assertThat(plan.exit()).as(plan.toString()).isZero();
    assertThat(ScimJson.read(plan.out()).path("changes")).as(plan.toString()).isEmpty();
    var verified = node.run("audit", "verify", "flow/people");
    assertThat(verified.exit()).as(verified.toString()).isZero();
  }

  /// Each kind comes once before any comes again.
  private Casualty next() {
    if (coming.isEmpty()) {
      coming.addAll(List.of(Casualty.values()));
      Collections.shuffle(coming, random);
    }
    return coming.removeLast();
  }

  /// Kills something after some more deeds, while there is work left, and notes how long it takes
  /// until there are others. What was killed is started again then.
  private void kill(Scene scene, Casualty casualty) {
    do {
      if (scene.isSettled()) scene.staff().goOn(random);
      scene.awaitDeeds(scene.accounts().deeds() + random.nextInt(2 * PEOPLE / KILLS));
    } while (scene.isSettled());
    var nodes =
        switch (casualty) {
          case FIRST_NODE -> List.of(scene.nodes().getFirst());
          case SECOND_NODE -> List.of(scene.nodes().getLast());
          case BOTH_NODES -> scene.nodes();
          case DATABASE -> List.<Node>of();
        };
    var taken = nodes.size() == 1 && scene.nodes().stream().allMatch(Node::serves);
    var begun = System.nanoTime();
    if (casualty == Casualty.DATABASE) scene.database().kill();
    nodes.forEach(Node::kill);
    var deeds = scene.accounts().deeds();
    if (!taken) nodes.forEach(Node::start);
    long underWay = together ? WORKERS * TOGETHER : WORKERS;
    scene.awaitDeeds(deeds + underWay + 1);
    var took = Duration.ofNanos(System.nanoTime() - begun);
    if (taken) nodes.forEach(Node::start);
    story.add(
        "%s after %d deeds: another %d after %d ms%s"
            .formatted(
                casualty,
                deeds,
                scene.accounts().deeds() - deeds,
                took.toMillis(),
                taken ? ", by the other node" : ""));
  }

  private static void comeToRest(Scene scene) {
    while (!scene.isSettled()) scene.awaitDeeds(scene.accounts().deeds() + 1);
  }
}
