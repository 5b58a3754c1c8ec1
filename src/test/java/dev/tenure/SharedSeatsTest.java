package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.cli.Workplace;
import dev.tenure.deliver.Progress;
import dev.tenure.flow.Cycle;
import dev.tenure.flow.CycleReport;
import dev.tenure.flow.Flow;
import dev.tenure.id.FlowId;
import dev.tenure.licence.Home;
import dev.tenure.plan.Seats;
import dev.tenure.problem.Code;
import dev.tenure.testkit.Product;
import dev.tenure.testkit.ScimCalls;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The last seat of a target is given once, however many flows lead there.
class SharedSeatsTest {
  private static final String THEIRS =
      """
      organizations:
        acme: {roles: {Agent: {}, Guest: {}}, clients: {idp: {token: "${env:ACME_TOKEN}"}}}
      """;

  private static final String OURS =
      """
      sources:
        west: {csv: {file: west.csv, key: id}}
        east: {csv: {file: east.csv, key: id}}
      targets:
        cloud: %s
      flows:
        west:
          source: west
          target: cloud
          every: 1h
          sweep: 24h
          follow: false
          match: [externalId, userName]
          map: {userName: mail, displayName: mail, roles: '[title]'}
          leaver: {goneFromSource: [deactivate, remove-roles]}
        east:
          source: east
          target: cloud
          every: 1h
          sweep: 24h
          follow: false
          match: [externalId, userName]
          map: {userName: mail, displayName: mail, roles: '[title]'}
          leaver: {goneFromSource: [deactivate, remove-roles]}
      """;

  private static final String WAITING =
      """
      select count(*) from pg_locks
      where locktype = 'advisory' and not granted
        and database = (select oid from pg_database where datname = current_database())\
      """;

  /// Where the accounts are.
  enum Kind {
    ELSEWHERE,
    HOSTED
  }

  private final Site theirs = Site.with(THEIRS);
  private final Workplace server = theirs.serve();
  private Site ours = Site.with("sources: {}\n");
  private ScimCalls there = Site.calls(server, "acme");

  @AfterEach
  void close() {
    ours.close();
    server.close();
    theirs.close();
  }

  private Workplace open(Kind kind) {
    ours.close();
    ours =
        switch (kind) {
          case ELSEWHERE ->
              Site.with(
                  OURS.formatted(
                      """
                      {scim: {url: "%s/acme/scim/v2", token: "${env:ACME_TOKEN}"}, \
                      licences: {CX1: {seats: 1, price: 75, roles: [Agent]}}}\
                      """
                          .formatted(server.base())));
          case HOSTED ->
              Site.with(
                  OURS.formatted("{organization: own}")
                      + """
                      organizations:
                        own:
                          licences: {CX1: {seats: 1, price: 75, whenFull: overdraw}}
                          roles: {Agent: {licence: CX1}, Guest: {}}
                          clients: {idp: {token: "${env:ACME_TOKEN}"}}
                      """);
        };
    people("west");
    people("east");
    var place = ours.open();
    if (kind == Kind.HOSTED) there = Site.calls(place, "own");
    return place;
  }

  /// Agents, and a guest, who needs no seat.
  private void people(String flow, String... agents) {
    var rows = new StringBuilder("id,mail,title\n");
    rows.append("%s,%s@x.example,Guest\n".formatted(flow, flow));
    for (var name : agents) rows.append("%s,%s@x.example,Agent\n".formatted(name, name));
    ours.file(flow + ".csv", rows.toString());
  }

  private static Flow flow(Workplace place, String name) {
    return place.flow(new FlowId(name));
  }

  private static List<Code> findings(CycleReport report) {
    return report.plan().findings().stream().map(f -> f.code()).toList();
  }

  private static List<String> agents(CycleReport report) {
    return report.plan().changes().stream()
        .map(change -> change.person().value())
        .filter(person -> !List.of("west", "east").contains(person))
        .toList();
  }

  private List<String> open() {
    return there.users().stream()
        .filter(u -> u.path("active").asBoolean(true))
        .filter(u -> u.path("roles").toString().contains("Agent"))
        .map(u -> u.path("userName").asString(""))
        .sorted()
        .toList();
  }

  private static void apply(Workplace place, String name, CycleReport planned)
      throws InterruptedException {
    place.cycle().apply(flow(place, name), planned.number().orElseThrow(), Progress.NONE);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void whatAnotherFlowIsGoingToTakeIsTaken(Kind kind) throws InterruptedException {
    try (var place = open(kind)) {
      people("west", "ann");
      people("east", "bob");
      var west = place.cycle().plan(flow(place, "west"));
      assertThat(agents(west)).containsExactly("ann");
      var east = place.cycle().plan(flow(place, "east"));
      assertThat(agents(east)).isEmpty();
      assertThat(findings(east)).contains(Code.LICENCE_POOL_FULL);
      apply(place, "west", west);
      assertThat(agents(place.cycle().plan(flow(place, "east")))).isEmpty();
      people("west");
      apply(place, "west", place.cycle().plan(flow(place, "west")));
      apply(place, "east", place.cycle().plan(flow(place, "east")));
      assertThat(open()).containsExactly("bob@x.example");
    }
  }

  /// Neither reads the target between: one knows from the other what it has given.
  @Test
  void whatAnotherFlowHasDoneSinceTheTargetWasReadCounts() throws InterruptedException {
    try (var place = open(Kind.ELSEWHERE)) {
      var cycle = place.cycle();
      cycle.turn(flow(place, "west"), true);
      cycle.turn(flow(place, "east"), true);
      people("west", "ann");
      cycle.turn(flow(place, "west"), true);
      assertThat(open()).containsExactly("ann@x.example");
      people("east", "bob");
      var waits = cycle.turn(flow(place, "east"), true).report().orElseThrow();
      assertThat(findings(waits)).contains(Code.LICENCE_POOL_FULL);
      assertThat(used(place)).isEqualTo(1);
      people("west");
      cycle.turn(flow(place, "west"), true);
      assertThat(used(place)).isZero();
      people("east", "bob", "cid");
      cycle.turn(flow(place, "east"), true);
      assertThat(open()).containsExactly("bob@x.example");
      assertThat(used(place)).isEqualTo(1);
    }
  }

  private static long used(Workplace place) {
    return place.ledgers().stocks(new Home.Elsewhere("cloud")).getFirst().pool().used();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void twoThatPlanAtTheSameTimeGiveItOnce(Kind kind) throws Exception {
    try (var place = open(kind);
        var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      people("west", "ann");
      people("east", "bob");
      var counted = new CountDownLatch(1);
      var other = new CountDownLatch(1);
      BooleanSupplier goesOn = () -> other.getCount() == 0 || !ours.rows(WAITING).contains("0");
      var west =
          counting(
              flow(place, "west"),
              () -> {
                counted.countDown();
                assertThat(Product.until(goesOn)).isTrue();
              });
      Cycle cycle = place.cycle();
      Future<CycleReport> first = executor.submit(() -> cycle.plan(west));
      counted.await();
      Future<CycleReport> second =
          executor.submit(() -> {
            try {
              return place.cycle().plan(flow(place, "east"));
            } finally {
              other.countDown();
            }
          });
      assertThat(agents(first.get())).containsExactly("ann");
      assertThat(agents(second.get())).isEmpty();
    }
  }

  /// The same flow, which does this after it has counted the seats.
  private static Flow counting(Flow flow, Runnable then) {
    Supplier<Seats> seats =
        () -> {
          var known = flow.seats().get();
          then.run();
          return known;
        };
    return new Flow(
        flow.id(),
        flow.source(),
        flow.policy(),
        flow.planner(),
        flow.keys(),
        flow.target(),
        flow.config(),
        flow.fingerprint(),
        flow.organization(),
        flow.bought(),
        seats,
        flow.shared(),
        flow.clock());
  }
}
