package dev.tenure.cli.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// Sends requests of one kind over some connections at once, each as soon as it has its answer.
final class Load {
  private final int connections;
  private final AtomicInteger number = new AtomicInteger();

  Load(int connections) {
    this.connections = connections;
  }

  /// What came of it: answers, wall time, CPU time without that of the clients, and the time of
  /// each request.
  record Done(int answers, double seconds, Cpu cpu, List<Long> nanos) {
    double perSecond() {
      return answers / seconds;
    }

    /// CPU seconds for 1,000 requests.
    double cpuPerThousand() {
      return (cpu.server() + cpu.database()) * 1_000 / answers;
    }

    double databasePerThousand() {
      return cpu.database() * 1_000 / answers;
    }

    double medianMillis() {
      return nanos.stream().sorted().toList().get(nanos.size() / 2) / 1e6;
    }
  }

  private record Mine(List<Long> nanos, double cpuSeconds) {}

  Done run(Work work, Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    var cpu = Cpu.now();
    long begun = System.nanoTime();
    var all = new ArrayList<Mine>();
    try (var threads = Executors.newFixedThreadPool(connections)) {
      Callable<Mine> client = () -> client(work, end);
      for (var mine : threads.invokeAll(java.util.Collections.nCopies(connections, client))) {
        all.add(mine.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(work.name(), e.getCause());
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    double clients = all.stream().mapToDouble(Mine::cpuSeconds).sum();
    var nanos = all.stream().flatMap(m -> m.nanos().stream()).toList();
    var spent = cpu.since();
    var served = new Cpu(spent.server() - clients, spent.database());
    return new Done(nanos.size(), seconds, served, nanos);
  }

  private Mine client(Work work, long end) throws IOException {
    var thread = ManagementFactory.getThreadMXBean();
    long cpu = thread.getCurrentThreadCpuTime();
    var nanos = new ArrayList<Long>();
    try (var wire = new Wire(work.port())) {
      for (long now = System.nanoTime(); now < end; ) {
        wire.exchange(work.request().apply(number.getAndIncrement()));
        long after = System.nanoTime();
        nanos.add(after - now);
        now = after;
      }
    }
    return new Mine(nanos, (thread.getCurrentThreadCpuTime() - cpu) / 1e9);
  }
}
