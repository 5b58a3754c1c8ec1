package dev.tenure.admin;

import dev.tenure.http.HttpFailure;
import dev.tenure.http.Response;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.view.ProblemJson;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Failures as problem details (RFC 9457): `type` is `urn:tenure:problem:CODE`, or `about:blank`
/// where HTTP says all. `title` is the same for each problem of a type (§3.1.3); `detail` is not.
final class Failures {
  private Failures() {}

  static Response of(Problem.Found found) {
    var first = found.problems().getFirst();
    return answer(status(first.code()), details(found.problems()));
  }

  /// What a failed answer says.
  static ObjectNode details(List<Problem> problems) {
    var first = problems.getFirst();
    int status = status(first.code());
    var node = details("urn:tenure:problem:" + first.code(), title(first.code()), status);
    node.put("detail", first.message());
    node.setAll(ProblemJson.of(first));
    var all = node.putArray("problems");
    problems.forEach(p -> all.add(ProblemJson.of(p)));
    return node;
  }

  static Response of(HttpFailure failure) {
    var answer = plain(failure.status(), failure.detail());
    var allowed = String.join(", ", failure.allowed());
    return allowed.isEmpty() ? answer : answer.with("Allow", allowed);
  }

  /// With nothing but what HTTP says, and a sentence.
  static Response plain(int status, String detail) {
    return answer(status, details("about:blank", title(status), status).put("detail", detail));
  }

  private static ObjectNode details(String type, String title, int status) {
    var node = JsonNodeFactory.instance.objectNode().put("type", type).put("title", title);
    return node.put("status", status);
  }

  private static Response answer(int status, ObjectNode node) {
    return Response.of(status, "application/problem+json", node.toString())
        .with("Cache-Control", "no-store");
  }

  private static int status(Code code) {
    return switch (code) {
      case ADMIN_TOKEN_UNKNOWN,
          CONSOLE_USER_UNKNOWN,
          PLAN_UNKNOWN,
          CLUSTER_UNKNOWN,
          CHOICE_EMPTY,
          PERSON_UNKNOWN,
          EXCLUSION_UNKNOWN,
          ORGANIZATION_UNKNOWN,
          CLIENT_UNKNOWN,
          NOTIFY_UNKNOWN ->
          404;
      case PLAN_OUTDATED,
          PERSON_PROTECTED,
          FLOW_BUSY,
          ADMIN_TOKEN_EXISTS,
          CONSOLE_USER_EXISTS,
          CONSOLE_LAST_ADMINISTRATOR,
          ORGANIZATION_EXISTS,
          CLIENT_EXISTS,
          DECLARED_IN_FILE,
          NOTIFY_FAILED ->
          409;
      case INTERNAL -> 500;
      default -> 422;
    };
  }

  /// The code in words: `PLAN_UNKNOWN` is "Plan unknown".
  private static String title(Code code) {
    var name = code.name();
    return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 406 -> "Not Acceptable";
      case 408 -> "Request Timeout";
      case 409 -> "Conflict";
      case 413 -> "Content Too Large";
      case 415 -> "Unsupported Media Type";
      case 429 -> "Too Many Requests";
      default -> "Internal Server Error";
    };
  }
}
