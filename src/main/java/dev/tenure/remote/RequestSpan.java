package dev.tenure.remote;

import dev.tenure.remote.Reply.Answer;
import dev.tenure.trace.Span;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The span of one request, by the names of OpenTelemetry's conventions for HTTP. Of the address it
/// has what says nothing of a person: of the path what SCIM has words for, of the query the names
/// and the numbers of pages.
record RequestSpan(URI base) {
  private static final Set<String> WORDS =
      Set.of(
          "Users",
          "Groups",
          "Bulk",
          "Schemas",
          "ResourceTypes",
          "ServiceProviderConfig",
          ".search",
          // platform calls of Genesys Cloud
          "users",
          "groups",
          "tokens",
          "search",
          "authorization",
          "subjects",
          "bulkremove");
  private static final Set<String> SHOWN = Set.of("startIndex", "count");
  private static final int BAD = 400;

  /// Sends it, with `traceparent` where its server is to know.
  Reply around(HttpRequest.Builder builder, Function<HttpRequest, Reply> send) {
    if (!Span.current().isRecorded()) return send.apply(builder.build());
    var request = builder.build();
    var template = template(request.uri());
    var span = Span.current().request(request.method() + " " + template);
    span.parentFor(request.uri()).ifPresent(parent -> builder.setHeader("traceparent", parent));
    span.with("http.request.method", request.method())
        .with("url.template", template)
        .with("url.full", origin() + template + query(request.uri()))
        .with("server.address", request.uri().getHost())
        .with("server.port", port(request.uri()))
        .with("http.request.resend_count", span.retries());
    return span.around(() -> told(span, send.apply(builder.build())));
  }

  private static Reply told(Span span, Reply reply) {
    switch (reply) {
      case Answer answer -> {
        span.with("http.response.status_code", answer.status());
        Answers.reference(answer).ifPresent(id -> span.with("tenure.target.correlation", id));
        if (answer.status() >= BAD) span.failed(String.valueOf(answer.status()));
      }
      case Reply.NotSent _ -> span.failed("not_sent");
      case Reply.NoAnswer _ -> span.failed("no_answer");
    }
    return reply;
  }

  private String origin() {
    var port = base.getPort() < 0 ? "" : ":" + base.getPort();
    return base.getScheme() + "://" + base.getHost() + port;
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) return uri.getPort();
    return "https".equals(uri.getScheme()) ? 443 : 80;
  }

  /// The path of the base is the administrator's own words.
  private String template(URI uri) {
    var path = base.getRawPath();
    var rest = uri.getRawPath().substring(path.length());
    return path
        + Arrays.stream(rest.split("/", -1))
            .map(s -> s.isEmpty() || WORDS.contains(s) ? s : "{id}")
            .collect(Collectors.joining("/"));
  }

  private static String query(URI uri) {
    if (uri.getRawQuery() == null) return "";
    return Arrays.stream(uri.getRawQuery().split("&", -1))
        .map(RequestSpan::parameter)
        .collect(Collectors.joining("&", "?", ""));
  }

  private static String parameter(String pair) {
    var name = pair.split("=", 2)[0];
    boolean isNumber = pair.substring(name.length()).matches("=[0-9]{1,9}");
    return SHOWN.contains(name) && isNumber ? pair : name + "=REDACTED";
  }
}
