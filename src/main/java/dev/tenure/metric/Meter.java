package dev.tenure.metric;

import dev.tenure.flow.Onlooker;
import dev.tenure.id.FlowId;
import dev.tenure.target.Budget;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Summary;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Counts what this process does. Safe for use by many threads at once.
public final class Meter implements Onlooker {
  private static final double NANOS = 1e9;

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Map<FlowId, Instant> goodTurns = new ConcurrentHashMap<>();
  private final Map<FlowId, Instant> goodReads = new ConcurrentHashMap<>();
  private final Summary turns = summary(Metric.FLOW_TURN);
  private final Summary answers = summary(Metric.HTTP_REQUESTS);
  private final Counter requests;

  public Meter() {
    var metric = Metric.TARGET_REQUESTS;
    requests =
        Counter.builder()
            .name(metric.metricName())
            .help(metric.help())
            .labelNames(metric.labels().toArray(String[]::new))
            .register(registry);
  }

  private Summary summary(Metric metric) {
    return Summary.builder()
        .name(metric.metricName())
        .help(metric.help())
        .labelNames(metric.labels().toArray(String[]::new))
        .register(registry);
  }

  /// The budget of this target, whose answers are counted.
  public Budget counting(String target, TargetStanding.Reader reader, Budget budget) {
    return new CountedBudget(target, reader, budget, requests);
  }

  @Override
  public void turned(Turned turn) {
    var outcome = turn.good() ? "done" : "failed";
    turns.labelValues(turn.flow().value(), outcome).observe(seconds(turn.took()));
    if (turn.good()) goodTurns.put(turn.flow(), turn.begunAt().plus(turn.took()));
    if (turn.read()) goodReads.put(turn.flow(), turn.begunAt());
  }

  /// An answer to a request of this part of the server.
  public void answered(Part part, int status, Duration took) {
    answers.labelValues(part.label(), status(status)).observe(seconds(took));
  }

  private static String status(int status) {
    return status == 429 ? "429" : status / 100 + "xx";
  }

  private static double seconds(Duration time) {
    return time.toNanos() / NANOS;
  }

  Optional<Instant> goodTurn(FlowId flow) {
    return Optional.ofNullable(goodTurns.get(flow));
  }

  Optional<Instant> goodRead(FlowId flow) {
    return Optional.ofNullable(goodReads.get(flow));
  }

  /// Also asks these; and the JVM, of its own metrics.
  void register(MultiCollector gauges) {
    registry.register(gauges);
    JvmMemoryMetrics.builder().register(registry);
    JvmGarbageCollectorMetrics.builder().register(registry);
    JvmThreadsMetrics.builder().register(registry);
    ProcessMetrics.builder().register(registry);
  }

  /// Everything, in the text format of Prometheus.
  byte[] text() {
    var out = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(out, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
