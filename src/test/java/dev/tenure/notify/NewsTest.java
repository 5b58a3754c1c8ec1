package dev.tenure.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.notify.Condition.Key;
import dev.tenure.notify.Event.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/// What is told of what is so, for any course of it.
class NewsTest {
  private static final int CASES = Integer.getInteger("law.cases", 300);
  private static final int LOOKS = 120;
  private static final Instant BEGIN = Instant.parse("2026-11-24T08:00:00Z");
  private static final Key HELD = new Key(Kind.PLAN_HELD, "flow/people/all");

  private final Map<Key, Notice> memory = new LinkedHashMap<>();
  private Instant now = BEGIN;

  private List<Event> look(Condition... conditions) {
    var outcome = News.settle(memory.values(), List.of(conditions), now);
    outcome.dropped().forEach(memory::remove);
    outcome.kept().forEach(notice -> memory.put(notice.key(), notice));
    return outcome.events();
  }

  private List<State> states(Condition... conditions) {
    return look(conditions).stream().map(Event::state).toList();
  }

  private static Condition condition(Key key, boolean begins, Integer... marks) {
    var details = JsonNodeFactory.instance.objectNode();
    return new Condition(
        key.kind(), key.subject(), List.of(), begins, Optional.empty(), Set.of(marks), details);
  }

  private static Condition held(Integer... marks) {
    return condition(HELD, true, marks);
  }

  private void after(Duration time) {
    now = now.plus(time);
  }

  @Test
  void itIsToldOnceAgainAfterADayAndWhenItIsOver() {
    assertThat(states(held())).containsExactly(State.BEGUN);
    assertThat(states(held())).isEmpty();
    after(Duration.ofHours(23));
    assertThat(states(held())).isEmpty();
    after(Duration.ofHours(1));
    assertThat(states(held())).containsExactly(State.LASTING);
    assertThat(states(held())).isEmpty();
    assertThat(states()).isEmpty();
    after(Duration.ofMinutes(1));
    assertThat(states()).containsExactly(State.OVER);
    assertThat(states()).isEmpty();
    assertThat(memory).isEmpty();
  }

  @Test
  void whatIsBackWithinAMinuteHasNeverGone() {
    assertThat(states(held())).containsExactly(State.BEGUN);
    for (var i = 0; i < 5; i++) {
      after(Duration.ofSeconds(50));
      assertThat(states()).isEmpty();
      after(Duration.ofSeconds(50));
      assertThat(states(held())).isEmpty();
    }
  }

  @Test
  void whatMayPassByItselfIsToldWhenItHasLasted() {
    var failing = condition(new Key(Kind.FLOW_FAILING, "flow/people"), true);
    assertThat(states(failing)).isEmpty();
    after(Duration.ofMinutes(4));
    assertThat(states(failing)).isEmpty();
    assertThat(states()).isEmpty();
    assertThat(states(failing)).isEmpty();
    after(Duration.ofMinutes(5));
    assertThat(states(failing)).containsExactly(State.BEGUN);
  }

  @Test
  void whatComesInAdditionIsGatheredAndTold() {
    assertThat(states(held(1))).containsExactly(State.BEGUN);
    after(Duration.ofMinutes(1));
    assertThat(states(held(1, 2))).isEmpty();
    after(Duration.ofMinutes(9));
    var grown = look(held(1, 2, 3));
    assertThat(grown)
        .singleElement()
        .satisfies(event -> {
          assertThat(event.state()).isEqualTo(State.GROWN);
          assertThat(event.fresh()).isEqualTo(2);
        });
    after(Duration.ofHours(1));
    assertThat(states(held(2, 3))).isEmpty();
    assertThat(states(held(1, 2, 3))).isEmpty();
  }

  @Test
  void whatIsOnlyNearDoesNotBeginButLasts() {
    assertThat(states(condition(HELD, false))).isEmpty();
    assertThat(states(condition(HELD, true))).containsExactly(State.BEGUN);
    after(Duration.ofHours(1));
    assertThat(states(condition(HELD, false))).isEmpty();
    assertThat(memory).isNotEmpty();
  }

  /// What was told of one condition, and what was so.
  private static final class Course {
    private final Set<Integer> known = new HashSet<>();
    private Optional<Instant> toldAt = Optional.empty();
    private Optional<Instant> absentSince = Optional.empty();
    private Optional<Instant> presentSince = Optional.empty();

    void seen(Optional<Condition> condition, Instant now) {
      if (condition.isPresent()) {
        absentSince = Optional.empty();
        presentSince = presentSince.or(() -> Optional.of(now));
      } else {
        presentSince = Optional.empty();
        absentSince = absentSince.or(() -> Optional.of(now));
      }
    }

    void told(Event event, Optional<Condition> condition, Instant now) {
      switch (event.state()) {
        case BEGUN -> {
          assertThat(toldAt).as("it was over before it begins again").isEmpty();
          assertThat(condition).isPresent();
          var grace = event.key().kind().grace();
          assertThat(presentSince.orElseThrow().plus(grace)).isBeforeOrEqualTo(now);
          known.clear();
        }
        case GROWN -> {
          assertThat(toldAt.orElseThrow().plus(News.GATHERING)).isBeforeOrEqualTo(now);
          assertThat(known.containsAll(condition.orElseThrow().marks())).isFalse();
        }
        case LASTING -> {
          assertThat(toldAt.orElseThrow().plus(News.AGAIN)).isBeforeOrEqualTo(now);
          known.clear();
        }
        case OVER -> {
          assertThat(toldAt).as("what is over was told").isPresent();
          assertThat(absentSince.orElseThrow().plus(News.OVER)).isBeforeOrEqualTo(now);
          known.clear();
        }
      }
      toldAt = event.state() == State.OVER ? Optional.empty() : Optional.of(now);
      condition.ifPresent(c -> known.addAll(c.marks()));
    }

    /// Nothing that is due was left out.
    void requireComplete(Optional<Condition> condition, Instant now) {
      if (condition.isPresent()) {
        var due = presentSince.orElseThrow().plus(condition.get().kind().grace());
        if (!now.isBefore(due)) assertThat(toldAt).isPresent();
        toldAt.ifPresent(at -> {
          if (known.containsAll(condition.get().marks())) return;
          assertThat(at.plus(News.GATHERING)).isAfter(now);
        });
        toldAt.ifPresent(at -> assertThat(at.plus(News.AGAIN)).isAfter(now));
      } else if (!now.isBefore(absentSince.orElseThrow().plus(News.OVER))) {
        assertThat(toldAt).isEmpty();
      }
    }
  }

  @Test
  void forAnyCourseEachThingIsToldOnceAndNothingIsLeftOut() {
    for (int i = 0; i < CASES; i++) {
      long seed = Long.getLong("law.seed", 20_261_125L) + i;
      try {
        course(new Random(seed));
      } catch (AssertionError e) {
        throw new AssertionError("law.seed=" + seed, e);
      }
    }
  }

  private void course(Random random) {
    memory.clear();
    now = BEGIN;
    var keys = new ArrayList<Key>();
    for (var kind : Kind.values()) keys.add(new Key(kind, "subject/" + kind.wire()));
    var courses = new LinkedHashMap<Key, Course>();
    keys.forEach(key -> courses.put(key, new Course()));
    var present = new LinkedHashMap<Key, Condition>();
    for (int look = 0; look < LOOKS; look++) {
      after(Duration.ofSeconds(random.nextInt(10) == 0 ? random.nextInt(90_000) : 20));
      change(random, keys, present);
      courses.forEach((key, c) -> c.seen(Optional.ofNullable(present.get(key)), now));
      for (var event : look(present.values().toArray(Condition[]::new))) {
        var condition = Optional.ofNullable(present.get(event.key()));
        courses.getOrDefault(event.key(), new Course()).told(event, condition, now);
      }
      courses.forEach((key, c) -> c.requireComplete(Optional.ofNullable(present.get(key)), now));
    }
  }

  private static void change(Random random, List<Key> keys, Map<Key, Condition> present) {
    for (var key : keys) {
      switch (random.nextInt(12)) {
        case 0 -> present.remove(key);
        case 1, 2 -> {
          var marks = new HashSet<Integer>();
          for (var i = 0; i < random.nextInt(4); i++) marks.add(random.nextInt(6));
          present.put(key, condition(key, true, marks.toArray(Integer[]::new)));
        }
        default -> {}
      }
    }
  }
}
