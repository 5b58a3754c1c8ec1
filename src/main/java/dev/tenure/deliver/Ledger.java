package dev.tenure.deliver;

import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.target.Budget;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What one delivery has to write down: outcomes are gathered and settled in batches. Not safe for
/// several threads; [DeliveryRun] lets one at a time in, but for [#write].
final class Ledger {
  /// Longer than this no outcome waits for company.
  private static final Duration WAIT_MAX = Duration.ofMillis(200);

  /// Requests for a change. One in forty is reckoned to fail, which takes three more: two to look
  /// whether it happened, and the repetition.
  private static final double AGAIN = 1.075;

  private final Queue queue;
  private final Queue.Taker taker;
  private final TimeAndChance world;
  private final Progress progress;
  private final List<Settlement> unsettled = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final Instant begun;
  private long total;
  private Optional<Duration> expected = Optional.empty();
  private Instant oldest = Instant.MAX;
  private Optional<Duration> paused = Optional.empty();
  private Optional<Problem> barred = Optional.empty();
  private long done;
  private long failed;

  Ledger(Queue queue, Queue.Taker taker, TimeAndChance world, Progress progress) {
    this.queue = queue;
    this.taker = taker;
    this.world = world;
    this.progress = progress;
    this.begun = world.clock().instant();
  }

  /// Counts what is to be sent under this budget, so many changes together, for whom the progress
  /// is told.
  Ledger counted(Budget budget, int togetherMax) {
    total = queue.open(taker);
    // As one, they take a look besides.
    var each = togetherMax > 1 ? 2.0 / togetherMax : 1;
    expected = budget.lasting(Math.round(Math.ceil(total * each) * AGAIN));
    tell();
    return this;
  }

  List<Leased> lease(int count, Queue.Pick pick, Duration leaseTime) {
    var now = world.clock().instant();
    return queue.lease(taker, new Queue.Wish(count, pick, now, now.plus(leaseTime)));
  }

  void giveBack(List<Leased> unsent) {
    queue.giveBack(taker, unsent, world.clock().instant());
  }

  Optional<Instant> nextDue() {
    return queue.nextDue(taker);
  }

  /// Notes an outcome. Whether it is time to settle: there are `batch` of them, or one has waited
  /// long enough.
  boolean note(Settlement settlement, int batch) {
    var now = world.clock().instant();
    if (unsettled.isEmpty()) oldest = now;
    unsettled.add(settlement);
    return unsettled.size() >= batch || !now.isBefore(oldest.plus(WAIT_MAX));
  }

  /// Takes what is noted, to be written.
  List<Settlement> taken() {
    var all = List.copyOf(unsettled);
    unsettled.clear();
    return all;
  }

  /// Writes it down; the only method for which nobody else has to be kept out.
  void write(List<Settlement> settlements) {
    queue.settle(taker, settlements, world.clock().instant());
  }

  /// What was taken is written.
  void written(List<Settlement> settlements) {
    settlements.forEach(this::count);
    tell();
  }

  /// What was taken could not be written, and stays noted.
  void putBack(List<Settlement> settlements) {
    unsettled.addAll(0, settlements);
  }

  /// Tells that the target is left alone for a while; absent: no longer.
  void pausing(Optional<Duration> time) {
    paused = time;
    tell();
  }

  /// What failed, and first why the target let nobody in at last.
  List<Problem> problems() {
    return Stream.concat(barred.stream(), problems.stream()).toList();
  }

  /// How many changes took effect.
  long done() {
    return done;
  }

  private void count(Settlement settlement) {
    switch (settlement) {
      case Settlement.Done _ -> {
        done++;
        barred = Optional.empty();
      }
      case Settlement.Passed _ -> barred = Optional.empty();
      case Settlement.Failed(_, _, var problem) -> {
        failed++;
        if (problems.size() < DeliveryReport.PROBLEMS_MAX) problems.add(problem);
      }
      case Settlement.Again(_, _, _, _, var problem) -> {
        if (problem.code() == Code.TARGET_REFUSED) barred = Optional.of(problem);
      }
    }
  }

  private void tell() {
    var elapsed = Duration.between(begun, world.clock().instant());
    progress.at(new Progress.State(total, done, failed, elapsed, expected, paused));
  }
}
