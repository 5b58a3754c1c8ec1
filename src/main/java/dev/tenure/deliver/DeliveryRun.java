package dev.tenure.deliver;

import dev.tenure.target.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// One delivery at work: its workers take changes one by one, most urgent first, and one of them at
/// a time leases more, settles, or waits.
final class DeliveryRun {
  /// What is leased but not sent within this time goes back, so that a leaver that was planned
  /// meanwhile does not stand behind it (law 3).
  static final Duration HOLD = Duration.ofSeconds(2);

  /// A change that is due but held back by its predecessor is looked for again after this time.
  private static final Duration PATIENCE = Duration.ofMillis(100);

  /// So often in a row may a target be busy before the rest is left to the next cycle.
  private static final int BUSY_MAX = 100;

  private final Ledger ledger;
  private final DeliveryConfig config;
  private final TimeAndChance world;
  private final Instant until;
  private final Judge judge;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Leased> ready = new ArrayDeque<>();
  private Instant readyUntil = Instant.MIN;
  private Instant resume = Instant.MIN;
  private int leaseSize;
  private int underWay;
  private int busyInARow;
  private boolean someoneWaits;
  private boolean ended;

  DeliveryRun(Ledger ledger, DeliveryConfig config, TimeAndChance world, Instant until) {
    this.ledger = ledger;
    this.config = config;
    this.world = world;
    this.until = until;
    this.judge = new Judge(new Backoff(world), config.attemptsMax());
    this.leaseSize = config.batchMax();
  }

  /// Sends changes until there are none.
  void work(Attempt attempt) throws InterruptedException {
    try {
      for (var next = next(); next.isPresent(); next = next()) {
        note(attempt.of(next.get()));
      }
    } finally {
      end();
    }
  }

  /// The next change to be sent; absent when this delivery is over.
  private Optional<Leased> next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!over()) {
        var now = world.clock().instant();
        if (now.isBefore(resume)) {
          rest(Duration.between(now, resume));
        } else if (refilled(now)) {
          underWay++;
          return Optional.of(ready.pop());
        } else if (!expectMore(now)) {
          ended = true;
        }
      }
      changed.signalAll();
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private boolean over() {
    return ended || !world.clock().instant().isBefore(until) || busyInARow >= BUSY_MAX;
  }

  /// Whether a change is ready to be sent.
  private boolean refilled(Instant now) {
    if (!ready.isEmpty() && now.isAfter(readyUntil)) {
      giveBack();
      leaseSize = Math.max(config.concurrency(), leaseSize / 2);
    } else if (ready.isEmpty() && now.isBefore(readyUntil)) {
      leaseSize = Math.min(config.batchMax(), leaseSize * 2);
    }
    if (ready.isEmpty()) {
      ready.addAll(ledger.lease(leaseSize, config.lease()));
      readyUntil = now.plus(HOLD);
    }
    return !ready.isEmpty();
  }

  /// Waits until there may be something to lease; false where there never will be.
  @SuppressWarnings("WaitNotInLoop") // the loop is in next()
  private boolean expectMore(Instant now) throws InterruptedException {
    ledger.settle();
    if (underWay > 0) {
      changed.await();
      return true;
    }
    var due = ledger.nextDue();
    if (due.isEmpty()) return false;
    var wait = Duration.between(now, due.get());
    pause(wait.compareTo(PATIENCE) < 0 ? PATIENCE : wait);
    return true;
  }

  /// The target wants to be left alone: all give back what they have, so that a leaver that comes
  /// meanwhile is first afterwards.
  private void rest(Duration time) throws InterruptedException {
    giveBack();
    ledger.settle();
    ledger.pausing(Optional.of(time));
    pause(time);
    ledger.pausing(Optional.empty());
  }

  /// One thread waits for the time to pass, the others for it.
  @SuppressWarnings("WaitNotInLoop") // the loop is in next()
  private void pause(Duration time) throws InterruptedException {
    if (someoneWaits) {
      changed.await();
      return;
    }
    someoneWaits = true;
    var left = Duration.between(world.clock().instant(), until);
    lock.unlock();
    try {
      world.pause().pause(left.compareTo(time) < 0 ? left : time);
    } finally {
      lock.lock();
      someoneWaits = false;
      changed.signalAll();
    }
  }

  private void note(Attempt.Result result) {
    lock.lock();
    try {
      underWay--;
      var now = world.clock().instant();
      if (result.outcome() instanceof Outcome.Busy(var after)) {
        busyInARow++;
        var then = now.plus(after);
        if (then.isAfter(resume)) resume = then;
      } else {
        busyInARow = 0;
      }
      ledger.note(judge.settlement(result, resume), config.batchMax());
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// What one worker leaves behind when it ends, for whatever reason.
  private void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
      giveBack();
      ledger.settle();
    } finally {
      lock.unlock();
    }
  }

  private void giveBack() {
    if (ready.isEmpty()) return;
    var unsent = new ArrayList<>(ready);
    ready.clear();
    ledger.giveBack(unsent);
  }
}
