package dev.tenure.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CachedTest {
  private static final Duration LIFE = Duration.ofSeconds(5);
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(20);

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final InstantSource clock = now::get;
  private final AtomicInteger findings = new AtomicInteger();

  @Test
  void whatWasFoundOutIsGoodForAWhileAndNoLonger() {
    var cached = new Cached<>(findings::incrementAndGet, LIFE, LONG, clock);
    assertThat(cached.get()).contains(1);
    now.set(now.get().plus(LIFE).minusMillis(1));
    assertThat(cached.get()).contains(1);
    now.set(now.get().plusMillis(1));
    assertThat(cached.get()).contains(2);
  }

  @Test
  void manyWhoAskAtOnceHaveItFoundOutOnce() throws InterruptedException, ExecutionException {
    var gate = new CountDownLatch(1);
    var cached =
        new Cached<>(
            () -> {
              await(gate);
              return findings.incrementAndGet();
            },
            LIFE,
            LONG,
            clock);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<Future<Optional<Integer>>>();
      for (var i = 0; i < 50; i++) answers.add(executor.submit(cached::get));
      gate.countDown();
      for (var answer : answers) assertThat(answer.get()).contains(1);
    }
    assertThat(findings).hasValue(1);
  }

  @Test
  void nobodyWaitsForWhatTakesTooLongAndNoSecondOneIsStarted() {
    var gate = new CountDownLatch(1);
    var cached =
        new Cached<>(
            () -> {
              findings.incrementAndGet();
              await(gate);
              return "late";
            },
            LIFE,
            SHORT,
            clock);
    for (var i = 0; i < 3; i++) assertThat(cached.get()).isEmpty();
    assertThat(findings).hasValue(1);
    gate.countDown();
    assertThat(dev.tenure.testkit.Product.until(() -> cached.get().isPresent())).isTrue();
    assertThat(findings).hasValue(1);
  }

  @Test
  void whatFailsIsTriedAgainByTheNextWhoAsks() {
    var cached =
        new Cached<>(
            () -> {
              if (findings.incrementAndGet() == 1) throw new IllegalStateException("the first");
              return "found";
            },
            LIFE,
            LONG,
            clock);
    assertThat(cached.get()).isEmpty();
    assertThat(cached.get()).contains("found");
  }

  private static void await(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
