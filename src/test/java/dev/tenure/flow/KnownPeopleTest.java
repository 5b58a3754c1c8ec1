package dev.tenure.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.database.Database;
import dev.tenure.flow.KnownPeople.Known;
import dev.tenure.flow.store.PostgresKnownPeople;
import dev.tenure.id.FlowId;
import dev.tenure.id.PersonKey;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.scim.Law;
import dev.tenure.source.Person;
import dev.tenure.source.Source.ReadOutcome;
import dev.tenure.testkit.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KnownPeopleTest {
  private static final FlowId FLOW = new FlowId("people");
  private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");
  private static Database database;
  private static KnownPeople known;

  @BeforeAll
  static void start() {
    database = TestDatabase.fresh();
    known = new PostgresKnownPeople(database.jdbi(), Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  /// Whatever reads there were, complete or not: who is known to be there is who the last complete
  /// read gave, with those whom incomplete ones gave since; and each is as they were last given.
  @Test
  void whatIsKnownIsWhatWasRead() {
    Law.holds(random -> {
      var flow = new FlowId("law-" + random.nextInt(Integer.MAX_VALUE));
      var there = new TreeMap<PersonKey, Person>();
      var last = new TreeMap<PersonKey, Person>();
      for (int read = 0; read < 4; read++) {
        boolean complete = random.nextInt(3) > 0;
        var given = people(random);
        var unreadable = complete ? Set.of(key(random)) : Set.<PersonKey>of();
        read(flow, given, outcome(complete, unreadable));
        if (complete) {
          there.keySet().removeIf(k -> !given.containsKey(k) && !unreadable.contains(k));
        }
        there.putAll(given);
        last.putAll(given);
        assertThat(known.digests(flow).keySet()).isEqualTo(there.keySet());
        assertThat(known.count(flow)).isEqualTo(there.size());
      }
      var found = new TreeMap<PersonKey, Person>();
      for (Known each : known.all(flow, last.keySet())) {
        found.put(each.person().key(), each.person());
        assertThat(each.goneAt().isEmpty()).isEqualTo(there.containsKey(each.person().key()));
      }
      assertThat(found).isEqualTo(last);
      var inAll =
          there.values().stream()
              .filter(p -> p.groups().containsKey("All Staff"))
              .map(Person::key)
              .toList();
      assertThat(known.inGroup(flow, "all STAFF")).containsExactlyInAnyOrderElementsOf(inAll);
    });
  }

  @Test
  void aPersonWhoIsTheSameIsNotWrittenAgain() {
    read(FLOW, Map.of(new PersonKey("a"), person("a", "Sales")), outcome(true, Set.of()));
    var before = written();
    read(FLOW, Map.of(new PersonKey("a"), person("a", "Sales")), outcome(true, Set.of()));
    assertThat(written()).isEqualTo(before);
    read(FLOW, Map.of(new PersonKey("a"), person("a", "Legal")), outcome(true, Set.of()));
    assertThat(written()).isNotEqualTo(before);
  }

  @Test
  void whatPostgresCannotKeepIsReplaced() {
    var odd = person("odd", "Sa\0les \uD83D! \uD83D\uDE00");
    read(FLOW, Map.of(odd.key(), odd), outcome(false, Set.of()));
    var kept = known.find(FLOW, odd.key()).orElseThrow().person();
    assertThat(kept.first("department")).isEqualTo("Sa\uFFFDles \uFFFD! \uD83D\uDE00");
  }

  private static String written() {
    return database
        .jdbi()
        .withHandle(h ->
            h.createQuery("select cast(xmin as text) from flow_person where flow = 'people'")
                .mapTo(String.class)
                .first());
  }

  private static void read(FlowId flow, Map<PersonKey, Person> given, ReadOutcome outcome) {
    var memory = new Remembering(known, flow);
    given.values().forEach(memory::take);
    memory.end(outcome);
  }

  private static ReadOutcome outcome(boolean complete, Set<PersonKey> unreadable) {
    return complete
        ? new ReadOutcome.Complete(1, List.of(), unreadable)
        : new ReadOutcome.Incomplete(
            1, new Problem(Code.SOURCE_INCOMPLETE, "cut", Map.of(), "again"), List.of());
  }

  private static Map<PersonKey, Person> people(RandomGenerator random) {
    var people = new TreeMap<PersonKey, Person>();
    for (int i = 0; i < random.nextInt(8); i++) {
      var key = key(random);
      var groups =
          random.nextBoolean()
              ? Map.of("All Staff", List.of("Sales", "All Staff"))
              : Map.<String, List<String>>of();
      var attributes = Map.of("department", List.of("D" + random.nextInt(3)));
      people.put(key, new Person(key, attributes, groups, random.nextInt(4) == 0));
    }
    return people;
  }

  private static PersonKey key(RandomGenerator random) {
    return new PersonKey("E" + random.nextInt(6));
  }

  private static Person person(String key, String department) {
    return new Person(
        new PersonKey(key), Map.of("department", List.of(department)), Map.of(), false);
  }
}
