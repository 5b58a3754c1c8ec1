package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.database.Database;
import dev.tenure.deliver.Delivery;
import dev.tenure.deliver.MemoryTarget;
import dev.tenure.deliver.SimulatedTime;
import dev.tenure.deliver.TimeAndChance;
import dev.tenure.deliver.store.PostgresQueue;
import dev.tenure.flow.Cycle;
import dev.tenure.flow.FlowRunner;
import dev.tenure.flow.store.PostgresFlowStates;
import dev.tenure.id.FlowId;
import dev.tenure.source.Feed;
import dev.tenure.source.Person;
import dev.tenure.source.Source;
import dev.tenure.source.SourceSchema;
import dev.tenure.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When turns of a running flow come, on a simulated clock: its source takes long to be read, and
/// tells of changes by a feed.
class FlowRunnerTest {
  private static final Duration TAKES = Duration.ofSeconds(90);
  private static final int READS = 3;

  private final SimulatedTime time = new SimulatedTime();

  @Test
  void aFeedIsHeardAtOnceAfterAReadAndReadsTakeHalfOfTheTime(@TempDir Path folder)
      throws IOException, InterruptedException {
    Slow source;
    try (var database = TestDatabase.fresh()) {
      var drawn = DrawnFlow.read(database, folder);
      source = new Slow(drawn.schema());
      var flow = drawn.between(source, new MemoryTarget(), new FlowId("slow"), time);
      try (var runner = runner(database)) {
        runner.become(List.of(flow));
        assertThat(source.enough.await(1, TimeUnit.MINUTES)).isTrue();
      }
    }
    for (int i = 0; i < READS - 1; i++) {
      var ended = source.ends.get(i);
      var heard = source.hearings.stream().filter(at -> !at.isBefore(ended)).findFirst();
      assertThat(heard).contains(ended.plusMillis(100));
      assertThat(source.ends.get(i + 1)).isEqualTo(ended.plus(TAKES).plus(TAKES));
    }
  }

  private FlowRunner runner(Database database) {
    var world = new TimeAndChance(time, new Random(1), this::pause);
    var books = FlowBooks.of(database, time);
    var delivery = new Delivery(books.plans(), new PostgresQueue(database.jdbi()), world);
    var states = new PostgresFlowStates(database.jdbi());
    return new FlowRunner(new Cycle(books, delivery, world), states, world);
  }

  /// Nobody is excluded by hand here: whoever looks for that waits until all is over.
  private void pause(Duration longest) throws InterruptedException {
    if (Thread.currentThread().getName().startsWith("called-")) new CountDownLatch(1).await();
    time.pause(longest);
  }

  private final class Slow implements Source, Feed {
    private final List<Instant> ends = new CopyOnWriteArrayList<>();
    private final List<Instant> hearings = new CopyOnWriteArrayList<>();
    private final CountDownLatch enough = new CountDownLatch(READS);
    private final SourceSchema schema;

    Slow(SourceSchema schema) {
      this.schema = schema;
    }

    @Override
    public SourceSchema schema() {
      return schema;
    }

    @Override
    public ReadOutcome read(Consumer<Person> people) {
      time.pause(TAKES);
      ends.add(time.instant());
      enough.countDown();
      return new ReadOutcome.Complete(0, List.of());
    }

    @Override
    public Optional<Feed> feed() {
      return Optional.of(this);
    }

    /// Leavers are found by reading whole only.
    @Override
    public boolean tellsOfTheGone() {
      return false;
    }

    @Override
    public Optional<Cursor> begin() {
      return Optional.of(new Cursor("here"));
    }

    @Override
    public FeedOutcome since(Cursor cursor, Known known, Consumer<Event> events) {
      return new FeedOutcome.Read(cursor, List.of());
    }

    @Override
    public void await(Cursor cursor, Duration longest) throws InterruptedException {
      hearings.add(time.instant());
      if (enough.getCount() == 0) new CountDownLatch(1).await();
      time.pause(longest);
    }
  }
}
