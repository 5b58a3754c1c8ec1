package dev.tenure.organization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.GrantsWorld.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Roles and seats are always what users and groups imply, whatever happens and whoever else is at
/// work; nobody who is inactive has a seat or a session at any moment.
class GrantsLawTest {
  private static final long SEED = Long.getLong("law.seed", 20_261_125L);
  private static final int EVENTS = 100;
  private static final int ROUNDS = 15;

  /// With the one that holds and those that watch, less than there are connections.
  private static final int AT_ONCE = 8;

  private static final String GROUPS = "select id from scim_group order by id for update";
  private static final String USERS = "select id from scim_user order by id for update";

  private static final String WAITING =
      """
      select count(*) from pg_stat_activity, pg_sleep(0.002)
      where datname = current_database() and wait_event_type = 'Lock'\
      """;

  @ParameterizedTest
  @EnumSource(Profile.class)
  void afterEachEventEverybodyHasWhatIsDue(Profile profile) {
    try (var world = new GrantsWorld(profile)) {
      var random = new Random(SEED);
      var story = new ArrayList<String>();
      for (int i = 0; i < EVENTS; i++) {
        var event = world.event(random);
        story.add(event.name());
        GrantsWorld.happen(event);
        assertThat(world.wrong())
            .as("law.seed=%d, after %s", SEED, String.join("\n", story))
            .isEmpty();
      }
      assertThat(world.count("select count(*) from audit_entry where action = 'user.regranted'"))
          .isPositive();
    }
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void whateverHappensAtOnceEverybodyHasWhatIsDueAfterwards(Profile profile) throws Exception {
    try (var world = new GrantsWorld(profile);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var random = new Random(SEED);
      var ghosts = new ConcurrentLinkedQueue<Long>();
      var over = new AtomicBoolean();
      var watching = threads.submit(() -> watch(world, over, ghosts));
      try {
        for (int round = 0; round < ROUNDS; round++) {
          var events = new ArrayList<Event>();
          for (int i = 0; i < AT_ONCE; i++) events.add(world.event(random));
          events.add(new Event("a session begins", () -> begin(world)));
          together(new Stage(threads, world, List.of(GROUPS, USERS)), events);
          assertThat(world.wrong())
              .as(
                  "law.seed=%d, round %d: %s",
                  SEED, round, events.stream().map(Event::name).toList())
              .isEmpty();
        }
      } finally {
        over.set(true);
      }
      watching.get();
      assertThat(ghosts).as("seats and sessions of inactive users").isNotEmpty().containsOnly(0L);
    }
  }

  /// Each kind of event with each other one, the first of them before the second in the queue.
  @ParameterizedTest
  @ValueSource(strings = {USERS, GROUPS})
  void whateverHappensToOneUserAtOnceComesOut(String held) throws Exception {
    try (var world = new GrantsWorld(Profile.GENESYS);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var random = new Random(SEED);
      for (int pair = 0; pair < GrantsWorld.KINDS * GrantsWorld.KINDS; pair++) {
        var user = world.users.getFirst();
        var first = world.event(pair / GrantsWorld.KINDS, user, 0, random);
        var second = world.event(pair % GrantsWorld.KINDS, user, 0, random);
        together(new Stage(threads, world, List.of(held)), List.of(first, second));
        assertThat(world.wrong())
            .as("law.seed=%d, pair %d: %s and %s", SEED, pair, first.name(), second.name())
            .isEmpty();
      }
    }
  }

  /// Looks again and again; each look is one snapshot.
  private static void watch(
      GrantsWorld world, AtomicBoolean over, ConcurrentLinkedQueue<Long> ghosts) {
    while (!over.get()) {
      ghosts.add(
          world.count(
              """
              select (select count(*) from seat s join scim_user u
                  on u.organization = s.organization and u.id = s.user_id where not u.active)
                + (select count(*) from session s join scim_user u
                  on u.organization = s.organization and u.id = s.user_id
                  where not u.active and s.ended_at is null and s.round = u.session_round)
              from pg_sleep(0.002)\
              """));
    }
  }

  /// Where events happen, and the rows that are held meanwhile.
  private record Stage(ExecutorService threads, GrantsWorld world, List<String> held) {}

  /// Holds rows until everything waits for one of them, in this order, and lets go: then each
  /// statement goes on with what it has seen before the others wrote.
  private static void together(Stage stage, List<Event> events) throws Exception {
    var threads = stage.threads();
    var world = stage.world();
    var done = new AtomicInteger();
    var work = new ArrayList<Future<?>>();
    world
        .database
        .jdbi()
        .useTransaction(held -> {
          stage.held().forEach(held::execute);
          for (var event : events) {
            work.add(threads.submit(counted(done, () -> GrantsWorld.happen(event))));
            // By another thread: this one's view of the others is that of its transaction.
            while (done.get() + threads.submit(() -> world.count(WAITING)).get() < work.size()) {
              Thread.onSpinWait();
            }
          }
        });
    for (var each : work) each.get();
  }

  private static Runnable counted(AtomicInteger done, Runnable work) {
    return () -> {
      try {
        work.run();
      } finally {
        done.incrementAndGet();
      }
    };
  }

  private static void begin(GrantsWorld world) {
    var user = world.users.getFirst();
    var _ = world.organizations.sessions().register(world.id, user, "app", Duration.ofHours(1));
  }

  @Test
  void seatsFollowWhenRolesAndPoolsChange() {
    try (var world = new GrantsWorld(Profile.STANDARD)) {
      var random = new Random(SEED);
      for (int i = 0; i < 40; i++) GrantsWorld.happen(world.event(random));
      var administration = world.organizations.administration();
      administration.putRole(world.id, "Guest", Optional.of("CX2"));
      administration.putRole(world.id, "Supervisor", Optional.empty());
      assertThat(world.wrong()).as("law.seed=%d", SEED).isEmpty();
      administration.remove(world.id, Administration.Part.LICENCE, "CX2");
      assertThat(world.count("select count(*) from seat where sku = 'CX2'")).isZero();
    }
  }
}
