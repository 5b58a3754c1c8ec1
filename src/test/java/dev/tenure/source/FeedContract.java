package dev.tenure.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.source.Feed.Cursor;
import dev.tenure.source.Feed.Event;
import dev.tenure.source.Feed.FeedOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every feed of changes holds, whatever lies behind it.
public interface FeedContract {
  /// A source that can be changed. People have a name that the test knows them by, and an address,
  /// which the source gives as `mail`: at first `NAME@example.com`.
  interface World {
    /// A new adapter, as after a restart.
    Source source();

    /// The same, whose answers end in the middle when there are many.
    Source breaking();

    void add(String name);

    void mail(String name, String mail);

    void remove(String name);
  }

  /// A world with these people.
  World world(List<String> people);

  private static String mail(String name) {
    return name + "@example.com";
  }

  @Test
  default void whereNothingChangesNothingIsTold() {
    var world = world(List.of("ann", "bob"));
    var replica = Replica.of(world.source());
    replica.take(world.source());
    assertThat(replica.take(world.source())).isEmpty();
    assertThat(replica.people()).isEqualTo(Replica.snapshot(world.source()));
  }

  @Test
  default void aChangeIsToldOnceWithTheWholePerson() {
    var world = world(List.of("ann", "bob", "cid"));
    var replica = Replica.of(world.source());
    world.mail("bob", "robert@example.com");
    var events = replica.take(world.source());
    assertThat(events).singleElement().isInstanceOf(Event.Changed.class);
    assertThat(replica.with("mail", "robert@example.com").key()).isNotNull();
    assertThat(replica.people()).isEqualTo(Replica.snapshot(world.source()));
    assertThat(replica.take(world.source())).isEmpty();
  }

  @Test
  default void whoComesAndGoesIsToldAndNobodyElse() {
    var world = world(List.of("ann", "bob", "cid"));
    var replica = Replica.of(world.source());
    var cid = replica.with("mail", mail("cid")).key();
    world.add("dora");
    world.remove("cid");
    var events = replica.take(world.source());
    assertThat(events).hasSize(2).contains(new Event.Gone(cid));
    assertThat(replica.people()).hasSize(3).isEqualTo(Replica.snapshot(world.source()));
  }

  @Test
  default void nothingFallsBetweenTheBeginningAndTheSnapshot() {
    var world = world(List.of("ann", "bob"));
    var replica =
        Replica.startedBefore(
            world.source(),
            () -> {
              world.mail("ann", "before@example.com");
              world.remove("bob");
            });
    world.mail("ann", "after@example.com");
    world.add("cid");
    replica.take(world.source());
    assertThat(replica.people()).isEqualTo(Replica.snapshot(world.source()));
    assertThat(replica.with("mail", "after@example.com")).isNotNull();
  }

  /// Law 1, and that a change is not lost with the answer it was in.
  @Test
  default void aBrokenReadFailsMakesNobodyGoneAndIsAskedAgain() {
    var names = IntStream.range(0, 120).mapToObj(i -> "p" + i).toList();
    var world = world(names);
    var replica = Replica.of(world.source());
    for (var name : names.subList(0, 100)) world.mail(name, "new-" + name + "@example.com");
    var events = new ArrayList<Event>();
    assertThat(replica.read(world.breaking(), events)).isInstanceOf(FeedOutcome.Failed.class);
    assertThat(events).allMatch(e -> e instanceof Event.Changed).hasSizeLessThan(100);
    replica.take(world.source());
    assertThat(replica.people()).isEqualTo(Replica.snapshot(world.source()));
  }

  @Test
  default void aPlaceThatNobodyKnowsHasExpired() {
    var feed = world(List.of("ann")).source().feed().orElseThrow();
    var replica = Replica.of(world(List.of("bob")).source());
    var events = new ArrayList<Event>();
    assertThat(feed.since(new Cursor("elsewhere"), replica, events::add))
        .isInstanceOf(FeedOutcome.Expired.class);
    assertThat(events).isEmpty();
  }

  @Test
  default void waitingEndsAndTheChangeIsThereThen()
      throws InterruptedException, ExecutionException, TimeoutException {
    var world = world(List.of("ann"));
    var replica = Replica.of(world.source());
    var waiting =
        CompletableFuture.runAsync(() -> {
          try {
            world.source().feed().orElseThrow().await(replica.cursor(), Duration.ofSeconds(4));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    world.mail("ann", "late@example.com");
    waiting.get(20, TimeUnit.SECONDS);
    replica.take(world.source());
    assertThat(replica.with("mail", "late@example.com")).isNotNull();
  }
}
