package dev.tenure.deliver;

import dev.tenure.target.Budget;
import dev.tenure.target.Budget.Ask;
import dev.tenure.target.Budget.Grant;
import dev.tenure.target.Budget.Use;
import dev.tenure.target.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
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

  /// So often in a row may a target not let us in before the rest is left to the next cycle: enough
  /// for it to be quarantined.
  private static final int BARRED_MAX = 20;

  /// While it waits, it is looked this often whether a leaver has come, or whether to stop.
  private static final Duration LOOK = Duration.ofMillis(500);

  /// Each so manieth lease goes to the oldest plan, so that no lane waits for ever.
  private static final int OLDEST_EVERY = 10;

  /// So long a target may be in quarantine before the rest is left to the next cycle.
  private static final Duration QUARANTINE_MAX = Duration.ofMinutes(15);

  private static final Grant NOTHING = new Grant(0, Instant.MIN, false);

  private final Ledger ledger;
  private final DeliveryConfig config;
  private final TimeAndChance world;
  private final Stop stop;
  private final Judge judge;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Parcel> ready = new ArrayDeque<>();
  private Instant readySince = Instant.MIN;
  private Instant resume = Instant.MIN;
  private final Width width;
  private final Together together = new Together();
  private int togetherMax = 1;
  private int leaseSize;
  private int underWay;
  private int freeing;
  private int busyInARow;
  private int barredInARow;
  private int settling;
  private boolean someoneWaits;
  private boolean ended;
  private Budget budget = Budget.UNLIMITED;

  /// The last one: while it is too early for another, none of the workers asks again.
  private Grant grant = NOTHING;

  private Instant askedAt = Instant.MIN;
  private Instant lookedAt = Instant.MIN;
  private Instant quarantinedSince = Instant.MAX;
  private int leases;
  private boolean waits;

  DeliveryRun(Ledger ledger, DeliveryConfig config, TimeAndChance world, Stop stop) {
    this.ledger = ledger;
    this.config = config;
    this.world = world;
    this.stop = stop;
    this.judge = new Judge(new Backoff(world), config.attemptsMax());
    this.width = new Width(config.concurrency());
    this.leaseSize = config.batchMax();
  }

  /// With this budget: nothing is leased that may not be sent at once.
  DeliveryRun under(Budget limits) {
    this.budget = limits;
    return this;
  }

  /// Sends changes until there are none.
  void work(Attempt attempt) throws InterruptedException {
    try {
      while (true) {
        var next = next(attempt.togetherMax());
        if (next.isEmpty()) return;
        var begun = world.clock().instant();
        var results = attempt.of(next.get());
        note(results, Duration.between(begun, world.clock().instant()));
      }
    } finally {
      end();
    }
  }

  /// What is to be sent next, at most so many changes; absent when this delivery is over.
  private Optional<Parcel> next(int most) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      togetherMax = most;
      while (!over()) {
        var now = world.clock().instant();
        if (now.isBefore(resume)) {
          rest(Duration.between(now, resume));
        } else if (refilled(now)) {
          if (canBeSent(ready.element())) return Optional.of(begun(ready.pop()));
          changed.await();
        } else if (!waits && !expectMore(now)) {
          ended = true;
        }
      }
      changed.signalAll();
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /// A target under strain gets fewer at once. Who loses a seat or a name has to have lost it
  /// before somebody else gets it.
  private boolean canBeSent(Parcel parcel) {
    return underWay < width.requests() && (freeing == 0 || !parcel.needs());
  }

  private Parcel begun(Parcel parcel) {
    underWay++;
    if (parcel.frees()) freeing++;
    return parcel;
  }

  private boolean over() {
    var now = world.clock().instant();
    return ended
        || stop.isDue(now)
        || busyInARow >= BUSY_MAX
        || barredInARow >= BARRED_MAX
        || now.minus(QUARANTINE_MAX).isAfter(quarantinedSince);
  }

  /// Whether something is ready to be sent, and paid for. Where there are no tokens it waits for
  /// some.
  private boolean refilled(Instant now) throws InterruptedException {
    boolean isFresh = isFresh(now);
    if (!ready.isEmpty() && !isFresh) {
      giveBack();
      leaseSize = Math.max(config.concurrency(), leaseSize / 2);
    } else if (ready.isEmpty() && isFresh) {
      leaseSize = Math.min(config.batchMax(), leaseSize * 2);
    }
    waits = false;
    if (!ready.isEmpty()) return true;
    if (isTimeToAsk(now)) ask(now);
    if (grant.count() > 0) {
      leases++;
      lease(grant.count(), leases % OLDEST_EVERY == 0 ? Queue.Pick.OLDEST : Queue.Pick.URGENT, now);
      grant = NOTHING;
    } else if (!leaversLeased(now)) {
      awaitTokens(now);
    }
    return !ready.isEmpty();
  }

  /// Whether what was leased last may still be sent. Where the clock was set back nobody knows how
  /// long ago that was: somebody else may have it by now.
  private boolean isFresh(Instant now) {
    return !now.isBefore(readySince) && now.isBefore(readySince.plus(HOLD));
  }

  /// Others may free tokens before it is time, and a clock that was set back must not stop us until
  /// it has caught up.
  private boolean isTimeToAsk(Instant now) {
    return !now.isBefore(grant.nextAt())
        || !now.isBefore(askedAt.plus(LOOK))
        || now.isBefore(askedAt);
  }

  private void ask(Instant now) {
    askedAt = now;
    grant = budget.take(new Ask(requests(), Use.CHANGE));
    if (!grant.quarantined()) quarantinedSince = Instant.MAX;
    else if (quarantinedSince.equals(Instant.MAX)) quarantinedSince = now;
  }

  /// For what is leased at once, where as many go together as may; each worker gets something.
  private int requests() {
    int most = together.size(togetherMax);
    return Math.max(Math.min(config.concurrency(), leaseSize), Math.ceilDiv(leaseSize, most));
  }

  /// Leavers may overdraw the budget.
  private boolean leaversLeased(Instant now) {
    if (grant.quarantined() || now.isBefore(lookedAt.plus(LOOK))) return false;
    lookedAt = now;
    var reserve = budget.take(new Ask(leaseSize, Use.LEAVER));
    if (reserve.count() > 0) lease(reserve.count(), Queue.Pick.LEAVERS, now);
    return !ready.isEmpty();
  }

  /// Fills so many requests. What does not fit into them goes back.
  private void lease(int requests, Queue.Pick pick, Instant now) {
    int most = grant.quarantined() ? 1 : together.size(togetherMax);
    var changes = new ArrayList<>(ledger.lease(requests, pick, config.lease()));
    boolean all = changes.size() == requests;
    if (all && most > 1 && changes.stream().allMatch(Parcel::mayGoWithOthers)) {
      changes.addAll(ledger.lease(requests * (most - 1), pick, config.lease()));
    }
    var parcels = Parcel.of(changes, most);
    int paid = Math.min(requests, parcels.size());
    ready.addAll(parcels.subList(0, paid));
    readySince = now;
    budget.giveBack(requests - paid);
    giveBack(parcels.subList(paid, parcels.size()));
  }

  @SuppressWarnings("WaitNotInLoop") // the loop is in next()
  private void awaitTokens(Instant now) throws InterruptedException {
    waits = true;
    if (settled()) return;
    var time = Duration.between(now, grant.nextAt());
    // Nobody waits long for what there is no use of.
    waits = time.compareTo(LOOK) <= 0 || underWay > 0 || ledger.nextDue().isPresent();
    if (!waits) return;
    if (time.isPositive()) pause(least(time, LOOK));
  }

  private static Duration least(Duration some, Duration other) {
    return some.compareTo(other) < 0 ? some : other;
  }

  /// Waits until there may be something to lease; false where there never will be.
  @SuppressWarnings("WaitNotInLoop") // the loop is in next()
  private boolean expectMore(Instant now) throws InterruptedException {
    if (settled()) return true;
    if (underWay > 0 || settling > 0) {
      changed.await();
      return true;
    }
    var due = ledger.nextDue();
    if (due.isEmpty()) return false;
    var wait = Duration.between(now, due.get());
    pause(wait.compareTo(PATIENCE) < 0 ? PATIENCE : least(wait, LOOK));
    return true;
  }

  /// The target wants to be left alone: all give back what they have, so that a leaver that comes
  /// meanwhile is first afterwards.
  private void rest(Duration time) throws InterruptedException {
    giveBack();
    if (settled()) return;
    ledger.pausing(Optional.of(time));
    pause(least(time, LOOK));
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
    var most = stop.atMost(time, world.clock().instant());
    lock.unlock();
    try {
      world.pause().pause(most);
    } finally {
      lock.lock();
      someoneWaits = false;
      changed.signalAll();
    }
  }

  private void note(List<Attempt.Result> results, Duration time) {
    lock.lock();
    try {
      underWay--;
      if (results.stream().anyMatch(r -> r.leased().frees())) freeing--;
      results.forEach(this::resting);
      // One request says one thing of the target: that some of it was done, if it was.
      var telling = telling(results);
      together.took(results.size(), time, !(telling.outcome() instanceof Outcome.Unknown));
      busyInARow = telling.outcome() instanceof Outcome.Busy ? busyInARow + 1 : 0;
      barredInARow = telling.outcome() instanceof Outcome.Barred ? barredInARow + 1 : 0;
      adapt(telling.outcome());
      Judge.failure(telling, budget);
      boolean isTime = false;
      for (var result : results) {
        isTime |= ledger.note(judge.settlement(result, resume), config.batchMax());
      }
      changed.signalAll();
      if (isTime) settled();
    } finally {
      lock.unlock();
    }
  }

  private void resting(Attempt.Result result) {
    if (!(result.outcome() instanceof Outcome.Busy(var after, _))) return;
    var then = world.clock().instant().plus(after);
    if (then.isAfter(resume)) resume = then;
  }

  private static Attempt.Result telling(List<Attempt.Result> results) {
    return results.stream()
        .filter(r -> r.outcome() instanceof Outcome.Done || r.outcome() instanceof Outcome.Stale)
        .findFirst()
        .orElseGet(results::getFirst);
  }

  private void adapt(Outcome outcome) {
    switch (outcome) {
      case Outcome.Busy _, Outcome.Unknown _ -> width.strained();
      case Outcome.Done _, Outcome.Refused _, Outcome.Stale _, Outcome.Barred _ -> width.answered();
    }
  }

  /// What one worker leaves behind when it ends, for whatever reason.
  private void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
      giveBack();
      settled();
    } finally {
      lock.unlock();
    }
  }

  /// Writes down what is noted, and lets the other workers go on meanwhile. Whether there was
  /// something: then much may have changed.
  private boolean settled() {
    var taken = ledger.taken();
    if (taken.isEmpty()) return false;
    settling++;
    boolean isWritten = false;
    lock.unlock();
    try {
      ledger.write(taken);
      isWritten = true;
    } finally {
      lock.lock();
      settling--;
      if (isWritten) ledger.written(taken);
      else ledger.putBack(taken);
      changed.signalAll();
    }
    return true;
  }

  private void giveBack() {
    if (ready.isEmpty()) return;
    var unsent = List.copyOf(ready);
    ready.clear();
    budget.giveBack(unsent.size());
    giveBack(unsent);
  }

  private void giveBack(List<Parcel> unsent) {
    if (unsent.isEmpty()) return;
    ledger.giveBack(unsent.stream().flatMap(p -> p.changes().stream()).toList());
  }
}
