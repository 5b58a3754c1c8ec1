package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.cli.Workplace;
import dev.tenure.deliver.Progress;
import dev.tenure.id.FlowId;
import dev.tenure.testkit.ScimCalls;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Reorganizations, moves between groups, renames, joiners and leavers cost as few requests as
/// there could be where nobody waits for anybody else: one for each account that changes; one for
/// each group out of which leavers go, one where others move, one where joiners come in; and a look
/// at each leaver afterwards (law 3).
class FewestRequestsTest {
  private static final int SCENARIOS = 20;
  private static final int PEOPLE = 30;
  private static final int TEAMS = 4;
  private static final int PLANS_MAX = 4;
  private static final String YAML =
      """
      sources:
        hr: {csv: {file: people.csv, key: id}}
      targets:
        acme: {organization: acme}
      organizations:
        acme: {clients: {idp: {token: "${env:ACME_TOKEN}"}}}
      tables:
        teams: {T0: [All, T0], T1: [All, T1], T2: [All, T2], T3: [All, T3]}
      flows:
        people:
          source: hr
          target: acme
          every: 1h
          follow: false
          map: {userName: mail, displayName: mail, title: title}
          groups: 'lookupAll("teams", team)'
          leaver: {goneFromSource: [deactivate, revoke-sessions, remove-groups]}
          guard: {leavers: 1000000, updates: {count: 1000000}}
      """;

  private final Site site = Site.with(YAML);
  private final Map<Integer, Row> staff = new TreeMap<>();
  private int hired;

  private record Row(String mail, String title, String team) {
    String csv(int id) {
      return "E%d,%s,%s,%s\n".formatted(id, mail, title, team);
    }
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void whatIsSentIsTheLeast() throws InterruptedException {
    hire(new Random(0), PEOPLE);
    write();
    try (var place = site.serve()) {
      for (var group : List.of("All", "T0", "T1", "T2", "T3")) {
        var json =
            """
            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"NAME"}\
            """;
        Site.calls(place, "acme").send("POST", "/scim/v2/Groups", json.replace("NAME", group));
      }
      sent(place);
      for (var seed = 1; seed <= SCENARIOS; seed++) {
        var before = new TreeMap<>(staff);
        var what = happens(new Random(seed), seed % 6);
        assertThat(sent(place)).as("seed %d: %s", seed, what).isEqualTo(least(before));
      }
    }
  }

  private String happens(Random random, int kind) {
    return switch (kind) {
      case 0 -> {
        staff.replaceAll((_, row) -> new Row(row.mail, row.title + "+", row.team));
        yield "everybody has another title";
      }
      case 1 -> {
        some(random, PEOPLE / 3)
            .forEach(id -> staff.computeIfPresent(id, (_, r) -> moved(r, random)));
        yield "some change their team";
      }
      case 2 -> {
        some(random, PEOPLE / 3).forEach(id -> staff.computeIfPresent(id, (_, r) -> renamed(r)));
        yield "some have another name";
      }
      case 3 -> {
        some(random, PEOPLE / 5).forEach(staff::remove);
        yield "some leave";
      }
      case 4 -> {
        hire(random, PEOPLE / 5);
        yield "some are hired";
      }
      default -> {
        some(random, 3).forEach(staff::remove);
        some(random, 5).forEach(id -> staff.computeIfPresent(id, (_, r) -> moved(r, random)));
        some(random, 5).forEach(id -> staff.computeIfPresent(id, (_, r) -> renamed(r)));
        hire(random, 3);
        yield "some of each";
      }
    };
  }

  private static Row moved(Row row, Random random) {
    return new Row(row.mail, row.title, "T" + random.nextInt(TEAMS));
  }

  private static Row renamed(Row row) {
    return new Row("new-" + row.mail, row.title, row.team);
  }

  private List<Integer> some(Random random, int count) {
    var all = new ArrayList<>(staff.keySet());
    Collections.shuffle(all, random);
    return all.subList(0, count);
  }

  private void hire(Random random, int count) {
    for (var n = 0; n < count; n++) {
      var id = ++hired;
      staff.put(id, new Row("p" + id + "@x.org", "Agent", "T" + random.nextInt(TEAMS)));
    }
  }

  /// Requests to the target from the first plan until nothing is left to be done; reads for plans
  /// do not count.
  private long sent(Workplace place) throws InterruptedException {
    write();
    var flow = place.flow(new FlowId("people"));
    var sent = 0L;
    for (var plans = 0; plans < PLANS_MAX; plans++) {
      var planned = place.cycle().plan(flow);
      if (planned.isEmpty()) return sent;
      var before = requests(place);
      place.cycle().apply(flow, planned.number().orElseThrow(), Progress.NONE);
      sent += requests(place) - before;
    }
    throw new AssertionError("there is always something left");
  }

  private void write() {
    var rows = staff.entrySet().stream().map(e -> e.getValue().csv(e.getKey()));
    site.file("people.csv", rows.collect(Collectors.joining("", "id,mail,title,team\n", "")));
  }

  private static long requests(Workplace place) {
    var text = new ScimCalls(place.base(), "").send("GET", "/metrics", "").body();
    return text.lines()
        .filter(line -> line.startsWith("tenure_target_requests_total{"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private long least(Map<Integer, Row> before) {
    var everybody = new HashSet<>(before.keySet());
    everybody.addAll(staff.keySet());
    var accounts = everybody.stream().filter(id -> isOther(before.get(id), staff.get(id))).count();
    var leavers = before.keySet().stream().filter(id -> !staff.containsKey(id)).count();
    var stay = new TreeMap<>(before);
    stay.keySet().retainAll(staff.keySet());
    var moved = new TreeMap<>(staff);
    moved.keySet().retainAll(before.keySet());
    return accounts + leavers + groups(before, stay) + groups(stay, moved) + groups(moved, staff);
  }

  /// Those whose members are others. Leavers are taken out first; movers do not wait for joiners,
  /// who have no account yet.
  private static long groups(Map<Integer, Row> before, Map<Integer, Row> after) {
    var teams =
        IntStream.range(0, TEAMS)
            .mapToObj(team -> "T" + team)
            .filter(team -> !members(before, team).equals(members(after, team)))
            .count();
    return before.keySet().equals(after.keySet()) ? teams : teams + 1;
  }

  /// The team stands in groups alone.
  private static boolean isOther(@Nullable Row before, @Nullable Row now) {
    return before == null
        || now == null
        || !before.mail.equals(now.mail)
        || !before.title.equals(now.title);
  }

  private static Set<Integer> members(Map<Integer, Row> staff, String team) {
    return staff.entrySet().stream()
        .filter(e -> Objects.equals(e.getValue().team, team))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }
}
