package dev.tenure.metric;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The values of a gauge at one moment, by its labels; what is put twice is as it was put last.
final class Family {
  private final Metric metric;
  private final Map<List<String>, Double> values = new LinkedHashMap<>();

  Family(Metric metric) {
    this.metric = metric;
  }

  /// `labels` are in the order of the metric's.
  Family put(double value, String... labels) {
    values.put(List.of(labels), value);
    return this;
  }

  Family put(long value, String... labels) {
    return put((double) value, labels);
  }

  MetricSnapshot snapshot() {
    var names = metric.labels().toArray(String[]::new);
    var gauge = GaugeSnapshot.builder().name(metric.metricName()).help(metric.help());
    values.forEach((labels, value) ->
        gauge.dataPoint(
            GaugeDataPointSnapshot.builder()
                .labels(Labels.of(names, labels.toArray(String[]::new)))
                .value(value)
                .build()));
    return gauge.build();
  }
}
