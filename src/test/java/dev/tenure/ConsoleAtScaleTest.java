package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.cli.Workplace;
import dev.tenure.testkit.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Pages with 100,000 people, changes, users and audit rows behind them.
class ConsoleAtScaleTest {

  private static final List<String> ROWS =
      List.of(
          """
          insert into flow_person (flow, person, digest, record, groups, changed_at)
          select 'people', 'E' || lpad(cast(i as text), 6, '0'), gen_random_uuid(),
            jsonb_build_object('attributes', jsonb_build_object(
              'mail', jsonb_build_array('person' || i || '@x.example'),
              'given', jsonb_build_array('Given' || i % 500),
              'family', jsonb_build_array('Family' || i % 3000),
              'department', jsonb_build_array('Department ' || i % 40),
              'id', jsonb_build_array('E' || lpad(cast(i as text), 6, '0')))), '{}', now()
          from generate_series(1, 100000) i\
          """,
          """
          insert into link select 'people', person, cast(gen_random_uuid() as text), now(), 'test'
          from flow_person where flow = 'people'\
          """,
          """
          insert into plan (flow, number, made_at, made_by, state, population, findings, links)
          values ('people', 1, now(), 'test', 'held',
            '{"inScope": 100000, "accounts": 0, "linked": 0}', '[]', '[]')\
          """,
          """
          insert into change (flow, plan, seq, lane, person, name, request, reasons, held, digest,
            state, next_at, cluster, settled_at)
          select 'people', 1, i, 2, 'E' || lpad(cast(i as text), 6, '0'),
            'person' || i || '@x.example',
            jsonb_build_object('kind', 'create', 'account',
              jsonb_build_object('userName', 'person' || i || '@x.example')),
            jsonb_build_array(jsonb_build_object('attribute', 'department', 'before', '',
              'after', 'Department ' || i % 40, 'because', 'rule ' || i % 7)),
            i % 100 = 0, 'd' || i, case when i % 100 = 0 then 'held' else 'done' end, now(),
            case when i % 100 = 0 then 'many joiners' else '' end,
            now() - make_interval(mins => i % 40000)
          from generate_series(1, 100000) i\
          """,
          """
          insert into scim_user (organization, id, user_name_key, email_keys, active,
            display_name_key, created, modified, document)
          select 'acme', gen_random_uuid(), 'person' || i || '@x.example', '{}', i % 50 > 0,
            'given' || i % 500 || ' family' || i % 3000, now(), now(),
            jsonb_build_object('userName', 'person' || i || '@x.example',
              'displayName', 'Given' || i % 500 || ' Family' || i % 3000)
          from generate_series(1, 100000) i\
          """,
          """
          insert into seat (organization, user_id, sku) select 'acme', id, 'CX1'
          from scim_user where organization = 'acme' and active\
          """,
          """
          insert into audit_record (log, seq, id, at, actor, action, correlation, commitment, hash,
            salt, subject, person, detail)
          select 'flow/people', i, i, now() - make_interval(secs => 100000 - i), 'flow/people',
            case when i % 1000 = 0 then 'request.limited' else 'change.done' end, 'c' || i / 1000,
            '', '', '', 's' || i, 'E' || lpad(cast(i as text), 6, '0'), '{"plan": 1}'
          from generate_series(1, 100000) i\
          """,
          """
          insert into notice_told (receiver, event, type, at, content, taken, settled_at, answer)
          select 'ops', gen_random_uuid(), 'plan-held', now(),
            jsonb_build_object('title', 'plan ' || i || ' is held'), i % 7 > 0, now(),
            'answered 204'
          from generate_series(1, 100000) i\
          """,
          "analyze");

  private static final Path FIGURES = Path.of("target/figures/console.txt");
  private static final Pattern ASSET = Pattern.compile("(?:href|src)=\"(/console/assets/[^\"]+)\"");

  private static Site site;
  private static Workplace place;
  private static Browser browser;

  @BeforeAll
  static void serve() {
    site = Site.with(ConsoleTest.YAML).file("people.csv", "id,mail,given,family,department\n");
    place = site.serve();
    ROWS.forEach(site::sql);
    var made = place.consoleUsers().first().orElseThrow();
    browser = new Browser(place.base());
    browser.signIn(made.name(), made.password().reveal());
    // What a plan comes to is counted once, beside the page.
    assertThat(
            Product.until(
                () -> !browser.get("/console/plans/people/1").body().contains("being counted")))
        .isTrue();
  }

  @AfterAll
  static void close() {
    place.close();
    site.close();
  }

  static List<String> pages() {
    return List.of(
        "/console",
        "/console/plans",
        "/console/plans/people/1",
        "/console/plans/people/1?state=held&after=50000",
        "/console/plans/people/1?department=Department+7",
        "/console/plans/people/1?because=rule+3&after=90000",
        "/console/plans/people/1?who=person99999",
        "/console/people",
        "/console/people?after=E099000",
        "/console/people?q=family2999",
        "/console/people?q=given1+department+7",
        "/console/people?q=E0999",
        "/console/people/people/E050000",
        "/console/licences",
        "/console/organizations",
        "/console/organizations/acme/users?q=person9999",
        "/console/organizations/acme/users?q=given77&active=false",
        "/console/organizations/acme/sessions",
        "/console/notifications",
        "/console/notifications?before=50000",
        "/console/audit?log=flow%2Fpeople",
        "/console/audit?log=flow%2Fpeople&person=E000007",
        "/console/audit?log=flow%2Fpeople&action=request.limited",
        "/console/audit?log=flow%2Fpeople&actor=nobody",
        "/console/audit/story?id=c7");
  }

  /// How often each page is asked for, where it is measured: `-Dconsole.times=5`.
  private static final int TIMES = Integer.getInteger("console.times", 0);

  private static final int BYTES_MAX = 150_000;

  /// What a page says stays small however many people there are.
  @ParameterizedTest
  @MethodSource("pages")
  void aPageStaysSmallWithManyPeopleBehindIt(String page) throws IOException {
    small(page);
    if (TIMES > 0) measured(page);
  }

  private static void measured(String page) throws IOException {
    var times = new ArrayList<Duration>();
    for (var n = 0; n < TIMES; n++) {
      var begun = System.nanoTime();
      browser.get(page);
      times.add(Duration.ofNanos(System.nanoTime() - begun));
    }
    times.sort(Comparator.naturalOrder());
    written(page, times);
  }

  private static void small(String page) {
    var answer = browser.get(page);
    assertThat(answer.statusCode()).as(page).isEqualTo(200);
    assertThat(answer.body().length()).as(page).isBetween(1, BYTES_MAX);
  }

  /// For docs/performance.md: the least and the middle one.
  private static void written(String page, List<Duration> times) throws IOException {
    var line =
        "%d %d %s%n"
            .formatted(times.getFirst().toMillis(), times.get(times.size() / 2).toMillis(), page);
    Files.createDirectories(FIGURES.getParent());
    Files.writeString(FIGURES, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /// With all that it needs: no picture, no font, nothing of others.
  @Test
  void theFirstPageWeighsLittle() {
    assertThat(weight(new Browser(place.base()), "/console/sign-in")).isBetween(9_000L, 200_000L);
    assertThat(weight(browser, "/console")).isBetween(50_000L, 200_000L);
  }

  private static long weight(Browser visitor, String page) {
    var body = visitor.get(page).body();
    long weight = body.length();
    var asset = ASSET.matcher(body);
    while (asset.find()) weight += visitor.get(asset.group(1)).body().length();
    return weight;
  }

  /// The ledger is made in the background; what it found is shown in part.
  @Test
  void theLedgerOfManyPeopleIsShown() {
    place.ledgers().record();
    var answer = browser.get("/console/licences");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("reserved for people");
    assertThat(answer.body().length()).isLessThan(150_000);
  }
}
