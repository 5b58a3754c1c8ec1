package dev.tenure.cli.bench;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/// CPU time of this process and of those that it started: the server, and the embedded PostgreSQL.
record Cpu(double server, double database) {
  static Cpu now() {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    double children =
        ProcessHandle.current()
            .descendants()
            .mapToLong(child -> child.info().totalCpuDuration().orElse(Duration.ZERO).toNanos())
            .sum();
    return new Cpu(system.getProcessCpuTime() / 1e9, children / 1e9);
  }

  /// From then until now.
  Cpu since() {
    var now = now();
    return new Cpu(now.server - server, now.database - database);
  }
}
