package dev.tenure.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A request. Its body is read when it is first asked for, so that a client without a valid token
/// cannot make the server read one.
public final class Request {
  private final Head head;
  private final Content content;
  private final Map<String, String> variables;
  private final List<UnaryOperator<Response>> finishers;

  /// What stands before the body. `path` is the raw path's decoded segments, `correlation` names
  /// this request in the logs and in the audit log, `origin` is where the client thinks it talks
  /// to; `certificate` is the thumbprint of the client's certificate (RFC 8705 §3.1), where it
  /// showed one.
  public record Head(
      String method,
      List<String> path,
      Query query,
      Headers headers,
      String remote,
      String correlation,
      String origin,
      Optional<String> certificate) {}

  /// Where the body comes from: gives its bytes, or throws [HttpFailure] 413 where there are more
  /// than `bytesMax`.
  @FunctionalInterface
  public interface Content {
    byte[] read(int bytesMax);
  }

  public Request(Head head, Content content) {
    this(head, content, Map.of(), new ArrayList<>());
  }

  private Request(
      Head head,
      Content content,
      Map<String, String> variables,
      List<UnaryOperator<Response>> finishers) {
    this.head = head;
    this.content = content;
    this.variables = variables;
    this.finishers = finishers;
  }

  /// The same with the values of a route's variables.
  Request with(Map<String, String> routeVariables) {
    return new Request(head, content, routeVariables, finishers);
  }

  /// A request that is part of this one: whoever looks at the answer of this one sees its answer,
  /// too, if it is [finished][#finish].
  public Request part(Head partHead, Content partContent) {
    return new Request(partHead, partContent, Map.of(), finishers);
  }

  /// Lets `finisher` look at the answer, whatever it will be, and add to it before it is sent.
  /// Those added first come first.
  public void onAnswer(UnaryOperator<Response> finisher) {
    finishers.add(finisher);
  }

  /// The answer as it is sent.
  public Response finish(Response response) {
    var finished = response;
    for (var finisher : finishers) finished = finisher.apply(finished);
    return finished;
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
    return body(Integer.MAX_VALUE);
  }

  /// The same with a limit below that of the server, for who is not known yet.
  public byte[] body(int bytesMax) {
    return content.read(bytesMax);
  }

  /// Where the client thinks it talks to, such as `https://scim.example.com`.
  public String origin() {
    return head.origin();
  }
}
