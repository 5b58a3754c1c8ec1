package dev.tenure.trace.otel;

import dev.tenure.trace.Recording;
import dev.tenure.trace.Tracer;
import dev.tenure.trace.TracesConfig;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Records with the OpenTelemetry SDK. Spans are sent in batches by a thread of its own; of those
/// that a collector does not take in time the newest are dropped.
public final class OtelTracer implements Tracer {
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration EXPORT = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int QUEUE_MAX = 8192;
  private static final int STOP_SECONDS = 3;
  private static final String NAME = "tenure";

  private static final TextMapGetter<String> PARENT =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String parent) {
          return List.of("traceparent");
        }

        @Override
        public @Nullable String get(@Nullable String parent, String key) {
          return key.equals("traceparent") ? parent : null;
        }
      };

  private final TracesConfig config;
  private final SdkTracerProvider provider;
  private final io.opentelemetry.api.trace.Tracer tracer;
  private final Set<URI> own = ConcurrentHashMap.newKeySet();

  /// `instance` tells this process from the others of this `version`.
  public OtelTracer(TracesConfig config, String version, String instance) {
    this.config = config;
    this.provider =
        SdkTracerProvider.builder()
            .setResource(resource(version, instance))
            .setSampler(sampler(config.ratio()))
            .addSpanProcessor(
                BatchSpanProcessor.builder(exporter(config))
                    .setMaxQueueSize(QUEUE_MAX)
                    .setScheduleDelay(PAUSE)
                    .setExporterTimeout(EXPORT)
                    .build())
            .build();
    this.tracer = provider.get(NAME, version);
  }

  private static Resource resource(String version, String instance) {
    return Resource.getDefault()
        .merge(
            Resource.create(
                Attributes.of(
                    AttributeKey.stringKey("service.name"), NAME,
                    AttributeKey.stringKey("service.version"), version,
                    AttributeKey.stringKey("service.instance.id"), instance)));
  }

  /// Whoever sends us a request may keep it from being recorded, but not add to the share: anybody
  /// may write a header field.
  private static Sampler sampler(double ratio) {
    var share = Sampler.traceIdRatioBased(ratio);
    return Sampler.parentBasedBuilder(share).setRemoteParentSampled(share).build();
  }

  private static OtlpHttpSpanExporter exporter(TracesConfig config) {
    var exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(config.endpoint().toString())
            .setConnectTimeout(CONNECT)
            .setTimeout(EXPORT);
    config.headers().forEach((name, value) -> exporter.addHeader(name, value.reveal()));
    return exporter.build();
  }

  @Override
  public Optional<Recording> record(Root root) {
    var parent = root.parent().map(OtelTracer::context).orElse(Context.root());
    var kind = root.isAnswer() ? SpanKind.SERVER : SpanKind.INTERNAL;
    var span = tracer.spanBuilder(root.name()).setParent(parent).setSpanKind(kind).startSpan();
    return span.isRecording()
        ? Optional.of(new OtelRecording(tracer, span, this::isTold))
        : Optional.empty();
  }

  private static Context context(String parent) {
    return W3CTraceContextPropagator.getInstance().extract(Context.root(), parent, PARENT);
  }

  private boolean isTold(URI address) {
    return config.propagate()
        || own.stream().anyMatch(o -> o.getRawAuthority().equals(address.getRawAuthority()));
  }

  @Override
  public void own(URI address) {
    own.add(address);
  }

  @Override
  public void close() {
    provider.shutdown().join(STOP_SECONDS, TimeUnit.SECONDS);
  }
}
