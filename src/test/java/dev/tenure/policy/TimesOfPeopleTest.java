package dev.tenure.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.config.Configuration;
import dev.tenure.id.PersonKey;
import dev.tenure.policy.Standing.LeaverEvent;
import dev.tenure.policy.expression.Tables;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.scim.schema.Schemas;
import dev.tenure.source.Person;
import dev.tenure.source.SourceSchema;
import dev.tenure.source.SourceSchema.Arity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// First days, last days, exclusions and protection, at the second at which they count.
class TimesOfPeopleTest {
  private static final String FLOW =
      """
      flows:
        people:
          source: hr
          target: cc
          scope:
            when: 'type != "External"'
            protect: [{keys: [E9], reason: board}, {when: 'type == "Robot"', reason: machines}]
            exclude: [{keys: E1, reason: on leave, until: 2026-06-30}]
          effective: {start: hired, end: leaves, zone: site, prehire: 7d, endsAt: "17:00"}
          map: {userName: mail}
      """;

  @TempDir Path folder;

  private Policy policy() {
    try {
      var file = Files.writeString(folder.resolve("tenure.yaml"), FLOW);
      var configuration = Configuration.load(file, _ -> null);
      var attributes = new TreeMap<String, Arity>();
      for (var name : List.of("mail", "type", "hired", "leaves", "site")) {
        attributes.put(name, Arity.ONE);
      }
      var flow =
          configuration.root().section("flows").orElseThrow().section("people").orElseThrow();
      var source = new SourceSchema(attributes);
      var policy = Policy.compile(flow, Tables.none(), source, Schemas.standard().user());
      configuration.finish();
      return policy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// `facts` are names and values in turn.
  private static Person person(String key, String... facts) {
    var attributes = new HashMap<String, List<String>>();
    attributes.put("mail", List.of(key + "@x"));
    for (int i = 0; i < facts.length; i += 2) attributes.put(facts[i], List.of(facts[i + 1]));
    return new Person(new PersonKey(key), attributes, Map.of(), false);
  }

  private Decision at(String time, Person person) {
    return policy().decide(person, Instant.parse(time));
  }

  private static Optional<Boolean> active(Decision decision) {
    if (!(decision.standing() instanceof Standing.InScope(var desired))) return Optional.empty();
    return desired.attributes().stream()
        .filter(m -> m.path().attribute().toString().equals("active"))
        .map(m -> m.value().booleanValue())
        .findFirst();
  }

  private static Optional<Instant> time(String text) {
    return Optional.of(Instant.parse(text));
  }

  @Test
  void theAccountIsPreparedDisabledAndOpensAtMidnightOfTheFirstDayInTheZone() {
    var ann = person("E2", "hired", "2026-03-30", "site", "Europe/Berlin");
    var early = at("2026-03-22T21:59:59Z", ann);
    assertThat(early.standing()).isInstanceOf(Standing.Left.class);
    // A week of 168 hours before a midnight after the clocks were put forward.
    assertThat(early.until()).isEqualTo(time("2026-03-22T22:00:00Z"));
    var prepared = at("2026-03-22T22:00:00Z", ann);
    assertThat(active(prepared)).contains(false);
    assertThat(prepared.until()).isEqualTo(time("2026-03-29T22:00:00Z"));
    var first = at("2026-03-29T22:00:00Z", ann);
    assertThat(active(first)).contains(true);
    assertThat(first.until()).isEmpty();
  }

  @Test
  void theLastDayEndsAtItsHourInTheZone() {
    var bob = person("E2", "leaves", "2026-11-01", "site", "America/New_York");
    // That day the clocks are put back at two.
    var before = at("2026-11-01T21:59:59Z", bob);
    assertThat(active(before)).contains(true);
    assertThat(before.until()).isEqualTo(time("2026-11-01T22:00:00Z"));
    assertThat(at("2026-11-01T22:00:00Z", bob).standing())
        .isEqualTo(
            new Standing.Left(
                new PersonKey("E2"),
                LeaverEvent.PAST_LAST_DAY,
                "left at 2026-11-01 17:00 America/New_York",
                time("2026-11-01T22:00:00Z")));
  }

  @Test
  void aReHireNeedsOnlyTheNewFirstDay() {
    var cid = person("E2", "hired", "2026-05-01", "leaves", "2025-12-31");
    assertThat(active(at("2026-05-02T00:00:00Z", cid))).contains(true);
    assertThat(active(at("2026-04-30T00:00:00Z", cid))).contains(false);
  }

  @Test
  void anExclusionEndsByItself() {
    var excluded = at("2026-06-30T23:59:59Z", person("E1"));
    assertThat(((Standing.Left) excluded.standing()).why())
        .isEqualTo("excluded: on leave, until 2026-06-30");
    assertThat(excluded.until()).isEqualTo(time("2026-07-01T00:00:00Z"));
    assertThat(active(at("2026-07-01T00:00:00Z", person("E1")))).contains(true);
  }

  @Test
  void protectionComesBeforeEverything() {
    var gone =
        new Person(new PersonKey("E9"), Map.of("leaves", List.of("1999-01-01")), Map.of(), true);
    assertThat(at("2026-01-01T00:00:00Z", gone).standing())
        .isEqualTo(new Standing.Protected(new PersonKey("E9"), "board"));
    assertThat(at("2026-01-01T00:00:00Z", person("E5", "type", "Robot")).standing())
        .isInstanceOf(Standing.Protected.class);
    assertThat(policy().untouched()).containsExactly(new PersonKey("E9"));
  }

  @Test
  void aDateThatIsNoneLeavesThePersonAlone() {
    for (var facts :
        List.of(
            List.of("leaves", "soon"), List.of("site", "Mars"), List.of("hired", "2026-02-30"))) {
      var standing =
          at("2026-01-01T00:00:00Z", person("E2", facts.toArray(String[]::new))).standing();
      assertThat(standing).isInstanceOf(Standing.Unclear.class);
      var problem = ((Standing.Unclear) standing).problems().getFirst();
      assertThat(problem.code()).isEqualTo(Code.MAP_FAILED);
      assertThat(problem.details())
          .containsEntry("person", "E2")
          .containsEntry("value", facts.get(1));
      assertThat(problem.remedy()).isNotBlank();
    }
  }

  /// What a decision says, without what only words it.
  private static String said(Decision decision) {
    return switch (decision.standing()) {
      case Standing.InScope _ -> "in " + active(decision).orElseThrow();
      case Standing.Left left -> left.event() + " " + left.why();
      case Standing.Protected _ -> "protected";
      case Standing.Unclear(_, var problems) ->
          String.join(" ", problems.stream().map(Problem::message).toList());
    };
  }

  @Test
  void aDecisionHoldsUntilTheTimeThatItNames() {
    var seed = Long.getLong("law.seed", 20261125L);
    var random = new Random(seed);
    var policy = policy();
    for (int i = 0; i < 500; i++) {
      var person = drawn(random);
      var now =
          LocalDate.of(2026, 6, 15)
              .atStartOfDay(java.time.ZoneOffset.UTC)
              .toInstant()
              .plusSeconds(random.nextInt(60 * 86_400) - 30 * 86_400L);
      for (int step = 0; step < 6; step++) {
        var decision = policy.decide(person, now);
        var until = decision.until();
        var same = until.map(u -> u.minusSeconds(1)).orElse(now.plus(Duration.ofDays(36_500)));
        assertThat(said(policy.decide(person, same)))
            .as("seed %d, case %d: %s at %s", seed, i, person, now)
            .isEqualTo(said(decision));
        if (until.isEmpty()) break;
        assertThat(until.get()).isAfter(now);
        now = until.get();
      }
      assertThat(policy.decide(person, now).until()).as("seed %d, case %d", seed, i).isEmpty();
    }
  }

  private static Person drawn(Random random) {
    var zones = List.of("", "Europe/Berlin", "Asia/Tokyo", "America/New_York", "+05:45");
    var types = List.of("Staff", "Staff", "Staff", "External", "Robot");
    return person(
        "E" + random.nextInt(4),
        "type",
        types.get(random.nextInt(types.size())),
        "site",
        zones.get(random.nextInt(zones.size())),
        "hired",
        day(random),
        "leaves",
        day(random));
  }

  private static String day(Random random) {
    var day = LocalDate.of(2026, 6, 15).plusDays(random.nextInt(60) - 30L);
    return switch (random.nextInt(4)) {
      case 0 -> "";
      case 1 -> day + "T09:30";
      default -> day.toString();
    };
  }
}
