package dev.tenure.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.crash.ScriptedFront.Script;
import dev.tenure.crash.Staff.Standing;
import dev.tenure.database.MortalServer;
import dev.tenure.testkit.Product;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Everybody gets another title at once, some leave, and in the middle of it somebody is dismissed;
/// the target announces a limit, fails one change in twenty, before or after it is made, and once
/// refuses everything for a while. What came of it is written to `target/reorganization.md`.
///
/// `-Dreorganization.people=10000` for a large one, `-Dreorganization.perMinute=` for another
/// limit, `-Dreorganization.seed=` for the same faults again.
class ReorganizationTest {
  private static final int PEOPLE = Integer.getInteger("reorganization.people", 300);
  private static final int PER_MINUTE = Integer.getInteger("reorganization.perMinute", 1_200);
  private static final long SEED = Long.getLong("reorganization.seed", 20_261_125L);
  private static final double FAULTS = 0.05;
  private static final Duration STORM = Duration.ofSeconds(5);

  /// One by one: together they would be done before anything can go wrong.
  private static String yaml(Path people, ScriptedFront front) {
    return """
    database: {url: "${env:DATABASE_URL}", user: tenure, password: "${env:DATABASE_PASSWORD}"}
    sources:
      hr: {csv: {file: "%s", key: mail}}
    targets:
      acme: {scim: {url: "%s", token: "${env:TARGET_TOKEN}", timeout: 10s, bulk: false}}
    flows:
      people:
        source: hr
        target: acme
        every: 5s
        sweep: 1h
        map: {userName: mail, title: title}
        guard: {leavers: 1000000, updates: {count: 1000000}}
    """
        .formatted(people, front.url());
  }

  private final Staff staff;
  private final Path file;

  ReorganizationTest(@TempDir Path folder) {
    file = folder.resolve("people.csv");
    staff = new Staff(file);
  }

  @Test
  void itIsDoneAndTheDismissedAreOutFirst() throws Exception {
    try (var database = MortalServer.start();
        var accounts = new Accounts();
        var front = new ScriptedFront(accounts.url(), SEED)) {
      var address = database.address();
      var environment =
          Map.of(
              "DATABASE_URL", address.url(),
              "DATABASE_PASSWORD", address.password(),
              "TARGET_TOKEN", accounts.token());
      staff.hire(PEOPLE);
      try (var node = new Node(yaml(file, front), environment)) {
        node.start();
        await(accounts, () -> isSettled(accounts), node);
        reorganize(accounts, front, node);
      }
      accounts.assertNothingWasDoneTwiceOrUndone();
    }
  }

  /// Of who is out, only that they are is asked: whether a new title came before that is chance.
  private boolean isSettled(Accounts accounts) {
    return open(accounts.standings()).equals(open(staff.standings()));
  }

  private static Map<String, Standing> open(Map<String, Standing> standings) {
    return standings.entrySet().stream()
        .filter(standing -> standing.getValue().active())
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private void reorganize(Accounts accounts, ScriptedFront front, Node node) throws Exception {
    front.begin(new Script(PER_MINUTE, FAULTS, PEOPLE / 2, STORM));
    var begun = Instant.now();
    var deeds = accounts.deeds();
    staff.reorganize(PEOPLE / 50);
    await(accounts, () -> accounts.deeds() >= deeds + PEOPLE / 3, node);

    var dismissed = Instant.now();
    var who = staff.dismiss();
    await(accounts, () -> !accounts.isActive(who), node);
    var out = Duration.between(dismissed, Instant.now());
    assertThat(isSettled(accounts)).as("the others are done already").isFalse();

    await(accounts, () -> isSettled(accounts), node);
    var took = Duration.between(begun, Instant.now());
    write(front.counts(), took, out);
    // What is sent within the limit that is announced is never refused for it.
    assertThat(front.counts().getOrDefault("OVER_LIMIT", 0)).isZero();
  }

  /// Fails where nothing is done for as long as [Product#until] waits.
  private static void await(Accounts accounts, BooleanSupplier so, Node node) {
    while (true) {
      var deeds = accounts.deeds();
      if (!Product.until(() -> accounts.deeds() > deeds || so.getAsBoolean())) {
        throw new AssertionError(
            "nothing goes on: " + node.product().run("plans", "people").out() + node.said());
      }
      if (so.getAsBoolean()) return;
    }
  }

  private static void write(Map<String, Integer> counts, Duration took, Duration out)
      throws Exception {
    var changes = PEOPLE + 1;
    var least = 60.0 * changes / PER_MINUTE;
    var lines = new ArrayList<String>();
    lines.add("| what | is |");
    lines.add("|---|---|");
    lines.add(row("when", Instant.now().truncatedTo(ChronoUnit.MINUTES) + ", seed " + SEED));
    lines.add(row("people, changes", PEOPLE + ", " + changes));
    lines.add(row("requests a minute, announced", PER_MINUTE));
    lines.add(row("took", seconds(took) + ", at the limit at least " + Math.round(least) + " s"));
    lines.add(row("dismissed in the middle, until seen locked at the target", seconds(out)));
    counts.forEach((what, count) -> lines.add(row("requests: " + name(what), count)));
    Files.write(Path.of("target", "reorganization.md"), lines);
  }

  private static String name(String what) {
    return what.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String row(String what, Object is) {
    return "| %s | %s |".formatted(what, is);
  }

  private static String seconds(Duration time) {
    return "%.1f s".formatted(time.toMillis() / 1_000.0);
  }
}
