/// Spans by the OpenTelemetry SDK, sent by OTLP over HTTP: the only door to that library.
@NullMarked
package dev.tenure.trace.otel;

import org.jspecify.annotations.NullMarked;
