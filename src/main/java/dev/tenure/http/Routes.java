package dev.tenure.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Which handler answers which path. Of several routes that fit, the one added first answers.
///
/// A pattern is segments: `health` (matched in any letter case), `{name}` (one segment), and last
/// `{name...}` (the rest, also empty). A path that fits with another method only is answered 405
/// with `Allow`; one that fits nowhere, 404.
public final class Routes implements Handler {
  private static final String ANY = "*";
  private final List<Route> routes = new ArrayList<>();

  private record Route(String method, List<String> pattern, Handler handler) {}

  /// Answers this method, such as `GET`, under this pattern, such as `/{org}/oauth/token`.
  public Routes add(String method, String pattern, Handler handler) {
    routes.add(new Route(method, segments(pattern), handler));
    return this;
  }

  /// Answers every method.
  public Routes any(String pattern, Handler handler) {
    return add(ANY, pattern, handler);
  }

  /// Takes over all routes of another, after those added so far.
  public Routes addAll(Routes more) {
    routes.addAll(more.routes);
    return this;
  }

  @Override
  public Response handle(Request request) {
    var allowed = new TreeSet<String>();
    for (var route : routes) {
      var variables = match(route.pattern(), request.head().path());
      if (variables.isEmpty()) continue;
      if (route.method().equals(ANY) || route.method().equals(request.method())) {
        return route.handler().handle(request.with(variables.get()));
      }
      allowed.add(route.method());
    }
    if (allowed.isEmpty()) throw new HttpFailure(404, "nothing is here");
    var refused = request.method() + " is not possible here";
    throw new HttpFailure(405, refused, List.copyOf(allowed));
  }

  private static Optional<Map<String, String>> match(List<String> pattern, List<String> path) {
    return fits(pattern, path) ? Optional.of(variables(pattern, path)) : Optional.empty();
  }

  private static boolean fits(List<String> pattern, List<String> path) {
    for (int i = 0; i < pattern.size(); i++) {
      var part = pattern.get(i);
      if (isRest(part)) return true;
      if (i >= path.size()) return false;
      if (!isVariable(part) && !part.equalsIgnoreCase(path.get(i))) return false;
    }
    return path.size() == pattern.size();
  }

  private static Map<String, String> variables(List<String> pattern, List<String> path) {
    var variables = new HashMap<String, String>();
    for (int i = 0; i < pattern.size(); i++) {
      var part = pattern.get(i);
      if (isRest(part)) {
        var rest = String.join("/", path.subList(Math.min(i, path.size()), path.size()));
        variables.put(part.substring(1, part.length() - 4), rest);
      } else if (isVariable(part)) {
        variables.put(part.substring(1, part.length() - 1), path.get(i));
      }
    }
    return variables;
  }

  private static boolean isRest(String part) {
    return part.endsWith("...}");
  }

  private static boolean isVariable(String part) {
    return part.startsWith("{");
  }

  private static List<String> segments(String pattern) {
    return List.of(pattern.substring(1).split("/", -1));
  }
}
