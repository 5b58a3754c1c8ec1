package dev.tenure.deliver;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// A queue as one node sees it, which may die before or after any statement; from then on none of
/// its statements reaches the database.
final class MortalQueue implements Queue {
  private static final int DEATH_ONE_IN = 60;

  private final Queue queue;
  private final RandomGenerator random;
  private boolean dead;

  MortalQueue(Queue queue, RandomGenerator random) {
    this.queue = queue;
    this.random = random;
  }

  void die() {
    dead = true;
  }

  private <T> T living(Supplier<T> statement) {
    var fate = random.nextInt(DEATH_ONE_IN);
    if (dead || fate == 0) throw death();
    var answer = statement.get();
    if (fate == 1) throw death();
    return answer;
  }

  private FaultyTarget.Death death() {
    dead = true;
    return new FaultyTarget.Death();
  }

  @Override
  public List<Leased> lease(Taker taker, Wish wish) {
    return living(() -> queue.lease(taker, wish));
  }

  @Override
  public void giveBack(Taker taker, List<Leased> unsent, Instant now) {
    living(() -> {
      queue.giveBack(taker, unsent, now);
      return true;
    });
  }

  @Override
  public void settle(Taker taker, List<Settlement> settlements, Instant now) {
    living(() -> {
      queue.settle(taker, settlements, now);
      return true;
    });
  }

  @Override
  public Optional<Instant> nextDue(Taker taker) {
    return living(() -> queue.nextDue(taker));
  }

  @Override
  public long open(Taker taker) {
    return living(() -> queue.open(taker));
  }
}
