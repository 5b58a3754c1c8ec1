package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.cli.Workplace;
import dev.tenure.id.FlowId;
import dev.tenure.scim.ScimJson;
import dev.tenure.testkit.Product;
import dev.tenure.testkit.ScimCalls;
import dev.tenure.testkit.SwitchedProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// `docs/metrics.md`: its example runs, its table is what a server tells, and what Prometheus and
/// Grafana are told to look at is there.
class MetricsPageTest {
  private static final FlowId FLOW = new FlowId("people");
  private static final String TOKEN = "what-prometheus-shows";
  private static final String PAGE = read("docs/metrics.md");
  private static final String BOARD = read("docs/grafana/tenure.json");
  private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| (\\w+) \\| ([^|]*)\\|.*");
  private static final Pattern TYPE = Pattern.compile("# TYPE (\\w+) (\\w+)");
  private static final Pattern SAMPLE = Pattern.compile("(\\w+)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern USED = Pattern.compile("\\b(?:tenure|jvm|process)_\\w+");

  private final Site site =
      Site.with(block("yaml\n"))
          .file("people.csv", block("csv\n"))
          .variable("METRICS_TOKEN", TOKEN);

  @AfterEach
  void close() {
    site.close();
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String block(String opening) {
    var from = PAGE.indexOf("```" + opening) + opening.length() + 3;
    return PAGE.substring(from, PAGE.indexOf("```", from));
  }

  private static ScimCalls.Answer get(Workplace place, String path, String token) {
    return new ScimCalls(place.base(), token).send("GET", path, "");
  }

  private static String metrics(Workplace place) {
    var answer = get(place, "/metrics", TOKEN);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  /// The value of a line; NaN where it is missing.
  private static double value(String text, String line) {
    return text.lines()
        .filter(l -> l.startsWith(line + " "))
        .mapToDouble(l -> Double.parseDouble(l.substring(line.length() + 1)))
        .findFirst()
        .orElse(Double.NaN);
  }

  private static String queue(String lane, String state) {
    return "{flow=\"people\",lane=\"%s\",state=\"%s\"}".formatted(lane, state);
  }

  /// What the database told is good for some seconds, so that it may be of before the turn.
  private static void awaitTurn(Workplace place) {
    place.runFlows();
    var seats = "tenure_licence_seats_used{organization=\"acme\",sku=\"CX1\"}";
    var turns = "tenure_flow_turn_seconds_count{flow=\"people\",outcome=\"done\"}";
    assertThat(
            Product.until(() -> {
              var text = metrics(place);
              return value(text, seats) == 3 && value(text, turns) >= 1;
            }))
        .as(metrics(place))
        .isTrue();
  }

  /// What a server told before is good for some seconds: another one tells what is now.
  private String anew() {
    try (var other = site.serve()) {
      return metrics(other);
    }
  }

  @Test
  void aServerTellsWhatThePageSays() throws InterruptedException {
    try (var place = site.serve()) {
      assertThat(get(place, "/metrics", "guessed-at-random").status()).isEqualTo(401);
      assertThat(get(place, "/health", "").status()).isEqualTo(200);
      assertThat(get(place, "/health/live", "").json().path("status").asString("")).isEqualTo("up");
      assertThat(get(place, "/health/ready", "").status()).isEqualTo(200);
      assertThat(get(place, "/nothing/there", "").status()).isEqualTo(404);
      awaitTurn(place);
      var text = metrics(place);
      assertThat(text.lines()).containsAll(blockAfter("among other things:").lines().toList());
      // What the server has is hosted here; LicencesElsewhereTest has the others. Nobody left yet.
      var here = documented();
      here.keySet().removeIf(name -> name.startsWith("tenure_target_licence_"));
      here.remove("tenure_receipt_seconds");
      assertThat(types(text)).isEqualTo(here);
      assertLabels(text);
      assertNumbers(text);
      assertThat(text).doesNotContain("example.com").doesNotContain(TOKEN);
      leaverWaits(place);
    }
    var text = anew();
    assertThat(value(text, "tenure_queue_changes" + queue("leaver", "waiting"))).isEqualTo(1);
    assertThat(value(text, "tenure_queue_oldest_age_seconds" + queue("leaver", "waiting")))
        .isGreaterThan(0)
        .isLessThan(60);
    assertThat(value(text, "tenure_queue_changes" + queue("joiner", "waiting"))).isZero();
    // Known from the database: this process had no turn.
    assertThat(value(text, "tenure_flow_good_turn_age_seconds{flow=\"people\"}")).isLessThan(60);
    assertThat(value(text, "tenure_receipts{flow=\"people\"}")).isZero();
    assertThat(value(text, receipt("longest"))).isNaN();
    leaverLeaves();
    var after = anew();
    assertThat(value(after, "tenure_receipts{flow=\"people\"}")).isEqualTo(1);
    assertThat(value(after, receipt("longest")))
        .isGreaterThan(0)
        .isLessThan(60)
        .isEqualTo(value(after, receipt("median")));
  }

  private static String receipt(String of) {
    return "tenure_receipt_seconds{flow=\"people\",of=\"%s\"}".formatted(of);
  }

  private void leaverLeaves() throws InterruptedException {
    try (var place = site.open()) {
      place.pauses().resume(FLOW);
      place.cycle().turn(place.flow(FLOW), true);
    }
  }

  private static String blockAfter(String words) {
    var from = PAGE.indexOf("```\n", PAGE.indexOf(words)) + 4;
    return PAGE.substring(from, PAGE.indexOf("```", from));
  }

  private static void assertNumbers(String text) {
    var requests = "tenure_target_requests_total{result=\"%s\",target=\"organization/acme\"}";
    assertThat(value(text, requests.formatted("done")))
        .isGreaterThanOrEqualTo(4); // three creations, and a read of the target
    assertThat(value(text, requests.formatted("refused"))).isNaN();
    assertThat(value(text, "tenure_flow_good_read_age_seconds{flow=\"people\"}"))
        .isBetween(0., 60.);
    assertThat(value(text, "tenure_flow_interval_seconds{flow=\"people\"}")).isEqualTo(3600);
    assertThat(value(text, "tenure_flow_turn_seconds_sum{flow=\"people\",outcome=\"done\"}"))
        .isBetween(0.001, 60.);
    assertThat(value(text, "tenure_http_request_seconds_count{part=\"scim\",status=\"2xx\"}"))
        .isGreaterThanOrEqualTo(4);
    assertThat(value(text, "tenure_http_request_seconds_count{part=\"other\",status=\"4xx\"}"))
        .isEqualTo(1);
    assertThat(value(text, "tenure_database_connections_max")).isEqualTo(16);
  }

  private void leaverWaits(Workplace place) throws InterruptedException {
    place.pauses().pause(FLOW, "maintenance", false);
    site.file("people.csv", block("csv\n").replaceAll("(?m)^E3.*\n", ""));
    place.cycle().turn(place.flow(FLOW), true);
  }

  private static Map<String, String> types(String text) {
    var types = new TreeMap<String, String>();
    TYPE.matcher(text).results().forEach(m -> types.put(m.group(1), m.group(2)));
    return types;
  }

  private static Map<String, String> documented() {
    var types = new TreeMap<String, String>();
    rows(row -> types.put(row.group(1), row.group(2)));
    return types;
  }

  private static void rows(Function<Matcher, @Nullable Object> put) {
    PAGE.lines()
        .map(ROW::matcher)
        .filter(Matcher::matches)
        .forEach(row -> assertThat(put.apply(row)).as(row.group(1)).isNull());
  }

  private static void assertLabels(String text) {
    var rows = new HashMap<String, Set<String>>();
    rows(row -> rows.put(row.group(1), words(row.group(3))));
    for (var line : text.lines().filter(l -> !l.startsWith("#")).toList()) {
      var sample = SAMPLE.matcher(line);
      assertThat(sample.matches()).as(line).isTrue();
      var name = sample.group(1);
      var family = rows.containsKey(name) ? name : name.replaceFirst("_(sum|count)$", "");
      assertThat(rows).as(line).containsKey(family);
      var labels = sample.group(2) == null ? "" : sample.group(2);
      assertThat(LABEL.matcher(labels).results().map(m -> m.group(1)).collect(Collectors.toSet()))
          .as(line)
          .isEqualTo(rows.get(family));
    }
  }

  private static Set<String> words(String cell) {
    return Arrays.stream(cell.replace("`", "").strip().split(" +", -1))
        .filter(w -> !w.isEmpty())
        .collect(Collectors.toSet());
  }

  @Test
  void whatPrometheusAndGrafanaLookAtIsThere() {
    var panels = ScimJson.read(BOARD).path("panels");
    var known = families();
    var ids = new TreeSet<Integer>();
    for (var panel : panels) {
      assertThat(ids.add(panel.path("id").intValue())).isTrue();
      boolean isRow = panel.path("type").asString("").equals("row");
      assertThat(panel.path("targets").isEmpty()).as(panel.toString()).isEqualTo(isRow);
      for (var target : panel.path("targets")) {
        assertThat(used(target.path("expr").asString(""))).as(target.toString()).isNotEmpty();
      }
    }
    assertThat(known.keySet()).containsAll(used(BOARD + block("yaml alerts\n")));
    assertThat(block("yaml alerts\n").lines().filter(l -> l.contains("- alert:"))).hasSize(4);
  }

  /// Or the page says that it is not shown.
  @Test
  void everyMetricIsInAPanel() {
    var known = families();
    var shown = new TreeSet<String>();
    for (var panel : ScimJson.read(BOARD).path("panels")) {
      for (var target : panel.path("targets")) {
        used(target.path("expr").asString("")).forEach(name -> shown.add(known.get(name)));
      }
    }
    var left = words(blockAfter("It shows all of them but these").replace('\n', ' '));
    var all = new TreeSet<>(shown);
    all.addAll(left);
    assertThat(all).isEqualTo(documented().keySet());
    assertThat(shown).doesNotContainAnyElementsOf(left);
  }

  private static Set<String> used(String text) {
    return USED.matcher(text).results().map(m -> m.group()).collect(Collectors.toSet());
  }

  /// The documented metric of each name that a query may have.
  private static Map<String, String> families() {
    var families = new TreeMap<String, String>();
    documented()
        .forEach((name, type) -> {
          families.put(name, name);
          if (!type.equals("summary")) return;
          families.put(name + "_sum", name);
          families.put(name + "_count", name);
        });
    return families;
  }

  @Test
  void withoutItsDatabaseAServerLivesAndIsNotReady() {
    try (var proxy = new SwitchedProxy(site.databasePort())) {
      try (var place = site.databasePort(proxy.port()).serve()) {
        assertThat(get(place, "/health/ready", "").status()).isEqualTo(200);
        assertThat(metrics(place)).contains("\ntenure_database_up 1.0\n");
        proxy.off();
        assertThat(Product.until(() -> get(place, "/health/ready", "").status() == 503)).isTrue();
        var ready = get(place, "/health/ready", "");
        assertThat(ready.text("/status")).isEqualTo("down");
        assertThat(ready.text("/problem/code")).isEqualTo("DATABASE_UNREACHABLE");
        assertThat(ready.text("/problem/remedy")).isNotEmpty();
        assertThat(get(place, "/health/live", "").status()).isEqualTo(200);
        assertThat(get(place, "/health", "").status()).isEqualTo(200);
        assertThat(metrics(place))
            .contains("\ntenure_database_up 0.0\n", "\ntenure_flow_interval_seconds{")
            .doesNotContain("tenure_queue_changes", "tenure_licence_pools");
        proxy.on();
        assertThat(Product.until(() -> get(place, "/health/ready", "").status() == 200)).isTrue();
        assertThat(metrics(place)).contains("\ntenure_database_up 1.0\n", "tenure_queue_changes{");
      }
    }
  }
}
