package dev.tenure.organization.limit;

import dev.tenure.organization.store.BudgetStore.Drawn;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A budget that several nodes draw from, in blocks: a node asks the database once for many
/// requests, and ahead of time. So all nodes together let through no more than one node would
/// alone; a node that is idle keeps at most two blocks.
final class SharedBudget implements Budget {
  private static final Logger LOG = LoggerFactory.getLogger(SharedBudget.class);
  private static final int BLOCKS = 20;
  private static final int MILLIS = 1000;

  /// Draws a block of this size from the common row.
  interface Source {
    Drawn draw(int block);
  }

  private final RateLimit limit;
  private final Source source;
  private final Clock clock;
  private final int block;
  private final AtomicLong here = new AtomicLong();
  private final ReentrantLock drawing = new ReentrantLock();
  private final AtomicBoolean ahead = new AtomicBoolean();
  private volatile State state;

  /// What the last draw told: how many are left in the common row, when it is full, and until when
  /// there is nothing to be had; as milliseconds of the clock.
  private record State(double common, long fullAt, long emptyUntil) {}

  SharedBudget(RateLimit limit, Source source, Clock clock) {
    this.limit = limit;
    this.source = source;
    this.clock = clock;
    this.block = Math.max(1, limit.burst() / BLOCKS);
    this.state = new State(0, 0, 0);
  }

  @Override
  public Allowance take() {
    while (true) {
      var before = here.getAndUpdate(n -> Math.max(0, n - 1));
      if (before > 0) {
        if (before - 1 <= block / 2) drawAhead();
        return allowance(true, clock.millis());
      }
      var now = clock.millis();
      if (now < state.emptyUntil()) return allowance(false, now);
      drawUnlessDrawn();
    }
  }

  @Override
  public long left() {
    return here.get() + (long) state.common();
  }

  @Override
  public long here() {
    return here.get();
  }

  private Allowance allowance(boolean granted, long now) {
    var told = state;
    return new Allowance(
        granted,
        limit,
        granted ? Math.min(limit.burst(), left()) : 0,
        seconds(told.fullAt() - now),
        Math.max(1, seconds(told.emptyUntil() - now)));
  }

  /// One thread draws, the others wait for what it gets.
  private void drawUnlessDrawn() {
    drawing.lock();
    try {
      if (here.get() == 0 && clock.millis() >= state.emptyUntil()) draw();
    } finally {
      drawing.unlock();
    }
  }

  private void drawAhead() {
    if (clock.millis() < state.emptyUntil() || !ahead.compareAndSet(false, true)) return;
    Thread.ofVirtual()
        .start(() -> {
          drawing.lock();
          try {
            draw();
          } catch (RuntimeException e) {
            // The request that finds nothing here asks again, and tells.
            LOG.debug("no block could be drawn ahead", e);
          } finally {
            ahead.set(false);
            drawing.unlock();
          }
        });
  }

  private void draw() {
    var drawn = source.draw(block);
    var now = clock.millis();
    var next = millis(drawn, 1 - drawn.left());
    var full = millis(drawn, limit.burst() - drawn.left());
    var emptyUntil = drawn.count() > 0 ? now : now + Math.max(1, next);
    state = new State(drawn.left(), now + full, emptyUntil);
    here.addAndGet(drawn.count());
  }

  /// In how many milliseconds so many requests have come back.
  private long millis(Drawn drawn, double count) {
    var seconds =
        limit.byWindow() ? limit.windowSeconds() - drawn.ageSeconds() : count / limit.perSecond();
    return (long) Math.ceil(Math.max(0, seconds) * MILLIS);
  }

  private static int seconds(long millis) {
    return (int) Math.ceilDiv(Math.max(0, millis), MILLIS);
  }
}
