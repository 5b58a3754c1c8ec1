package dev.tenure;

import dev.tenure.admin.AdminApi;
import dev.tenure.http.Handler;
import dev.tenure.http.HttpFailure;
import dev.tenure.http.Request;
import dev.tenure.http.Response;
import dev.tenure.metric.Part;
import dev.tenure.trace.Span;
import dev.tenure.trace.Tracer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Records the requests of clients that are answered. The console's and those of who watches are
/// left out; of the path only our own words are shown.
record Answering(Tracer tracer, Handler handler) implements Handler {
  private static final Set<Part> RECORDED =
      EnumSet.of(Part.SCIM, Part.PLATFORM, Part.OAUTH, Part.ADMIN);
  private static final Set<String> WORDS =
      Stream.concat(
              Stream.of(
                  "scim",
                  "v1",
                  "v2",
                  "api",
                  "admin",
                  "oauth",
                  "token",
                  "users",
                  "groups",
                  "bulk",
                  "schemas",
                  "resourcetypes",
                  "serviceproviderconfig",
                  ".search",
                  "me",
                  "sessions",
                  "introspect"),
              AdminApi.operations().stream()
                  .flatMap(o -> Arrays.stream(o.split("[ /]", -1)).skip(1))
                  .filter(word -> !word.startsWith("{")))
          .collect(Collectors.toUnmodifiableSet());
  private static final int BROKEN = 500;

  @Override
  public Response handle(Request request) {
    var part = Part.of(request.head().path());
    if (Tracer.OFF.equals(tracer) || !RECORDED.contains(part)) return handler.handle(request);
    var route = route(request);
    var name = request.method() + " " + route;
    var span = tracer.begin(new Tracer.Root(name, true, request.header("traceparent")));
    span.with("http.request.method", request.method())
        .with("http.route", route)
        .with("tenure.correlation", request.head().correlation());
    return span.<Supplier<Response>, RuntimeException>around(() -> answered(span, request)).get();
  }

  private Supplier<Response> answered(Span span, Request request) {
    try {
      var response = handler.handle(request);
      told(span, response.status());
      return () -> response;
    } catch (HttpFailure e) {
      told(span, e.status());
      return () -> {
        throw e;
      };
    }
  }

  /// A refusal is the client's failure, not ours (OpenTelemetry, "HTTP server").
  private static void told(Span span, int status) {
    span.with("http.response.status_code", status);
    if (status >= BROKEN) span.failed(String.valueOf(status));
  }

  private static String route(Request request) {
    return request.head().path().stream()
        .map(s -> WORDS.contains(s.toLowerCase(Locale.ROOT)) ? s : "{}")
        .collect(Collectors.joining("/", "/", ""));
  }
}
