package dev.tenure.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// A request. Its body is read when it is first asked for, so that a client without a valid token
/// cannot make the server read one.
public final class Request {
  private final Head head;
  private final Supplier<byte[]> body;
  private final Map<String, String> variables;

  /// What stands before the body. `path` is the raw path's decoded segments, `correlation` names
  /// this request in the logs and in the audit log, `secure` tells of TLS; `certificate` is the
  /// thumbprint of the client's certificate (RFC 8705 §3.1), where it showed one.
  public record Head(
      String method,
      List<String> path,
      Query query,
      Headers headers,
      String remote,
      String correlation,
      boolean secure,
      Optional<String> certificate) {}

  /// `body` gives the bytes, or throws [HttpFailure] 413.
  public Request(Head head, Supplier<byte[]> body) {
    this(head, body, Map.of());
  }

  private Request(Head head, Supplier<byte[]> body, Map<String, String> variables) {
    this.head = head;
    this.body = body;
    this.variables = variables;
  }

  /// The same with the values of a route's variables.
  Request with(Map<String, String> routeVariables) {
    return new Request(head, body, routeVariables);
  }

  public Head head() {
    return head;
  }

  public String method() {
    return head.method();
  }

  public Query query() {
    return head.query();
  }

  public Optional<String> header(String name) {
    return head.headers().first(name);
  }

  /// The value of a variable of the matching route.
  public String variable(String name) {
    return Optional.ofNullable(variables.get(name))
        .orElseThrow(() -> new IllegalArgumentException("the route has no variable " + name));
  }

  /// The whole body; throws [HttpFailure] 413 where it is larger than the server takes.
  public byte[] body() {
    return body.get();
  }

  /// Where the client thinks it talks to, such as `https://scim.example.com`: by
  /// `X-Forwarded-Proto` and `X-Forwarded-Host` of a proxy, else by `Host`.
  public String origin() {
    var scheme = plain("X-Forwarded-Proto").orElse(head.secure() ? "https" : "http");
    var host = plain("X-Forwarded-Host").or(() -> plain("Host")).orElse("localhost");
    return scheme + "://" + host;
  }

  /// Only what can stand in an address as it is.
  private Optional<String> plain(String name) {
    return header(name)
        .map(value -> value.split(",", 2)[0].strip())
        .filter(value -> value.matches("[A-Za-z0-9.:\\[\\]-]{1,255}"));
  }
}
