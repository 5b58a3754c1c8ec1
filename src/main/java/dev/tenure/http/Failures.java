package dev.tenure.http;

/// How a request is answered that HTTP itself refuses: in the form of the protocol above it, which
/// this package does not know. A 405 has `Allow`.
@FunctionalInterface
public interface Failures {
  Response render(HttpFailure failure);

  /// Plain JSON.
  static Response plain(HttpFailure failure) {
    var text = new StringBuilder();
    failure.detail().chars().forEach(c -> escape((char) c, text));
    var answer =
        Response.json(
            failure.status(), "{\"status\":" + failure.status() + ",\"detail\":\"" + text + "\"}");
    var allowed = String.join(", ", failure.allowed());
    return allowed.isEmpty() ? answer : answer.with("Allow", allowed);
  }

  private static void escape(char c, StringBuilder text) {
    if (c == '"' || c == '\\') text.append('\\').append(c);
    else if (c < ' ') text.append("\\u%04x".formatted((int) c));
    else text.append(c);
  }
}
