package dev.tenure.deliver;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;

/// A clock that stands still until somebody waits on it.
public final class SimulatedTime extends Clock implements Pause {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-05-04T08:00:00Z"));

  @Override
  public void pause(Duration time) {
    if (time.isPositive()) now.updateAndGet(before -> before.plus(time));
  }

  /// As somebody does who corrects a clock.
  public void setBack(Duration by) {
    now.updateAndGet(before -> before.minus(by));
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }

  /// With this seed's chance.
  public TimeAndChance with(long seed) {
    return new TimeAndChance(this, new Random(seed), this);
  }
}
