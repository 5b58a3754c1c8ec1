package dev.tenure.trace.otel;

import dev.tenure.trace.Recording;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.net.URI;
import java.util.Optional;
import java.util.function.Predicate;

/// `isTold`: whether requests to an address say what they belong to.
record OtelRecording(Tracer tracer, Span span, Predicate<URI> isTold) implements Recording {
  @Override
  public Recording child(String name, boolean isRequest) {
    var child =
        tracer
            .spanBuilder(name)
            .setParent(Context.root().with(span))
            .setSpanKind(isRequest ? SpanKind.CLIENT : SpanKind.INTERNAL)
            .startSpan();
    return new OtelRecording(tracer, child, isTold);
  }

  @Override
  public void set(String key, String value) {
    span.setAttribute(key, value);
  }

  @Override
  public void set(String key, long value) {
    span.setAttribute(key, value);
  }

  @Override
  public void failed(String type) {
    span.setStatus(StatusCode.ERROR);
    span.setAttribute("error.type", type);
  }

  @Override
  public String trace() {
    return span.getSpanContext().getTraceId();
  }

  @Override
  public Optional<String> parentFor(URI address) {
    if (!isTold.test(address)) return Optional.empty();
    var context = span.getSpanContext();
    return Optional.of("00-" + context.getTraceId() + "-" + context.getSpanId() + "-01");
  }

  @Override
  public void end() {
    span.end();
  }
}
