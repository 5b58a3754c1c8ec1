package dev.tenure.organization.genesys;

import dev.tenure.http.HttpFailure;
import dev.tenure.http.Request;
import dev.tenure.http.Response;
import dev.tenure.organization.oauth.Answers;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimType;
import java.util.HashMap;
import tools.jackson.databind.node.JsonNodeFactory;

/// Failures as the platform tells them: `message`, `code`, `status` as a number, `contextId`.
///
/// A stale version, which SCIM answers with 400 `invalidVers`, is a conflict here.
final class Failure {
  private static final int CONFLICT = 409;

  private Failure() {}

  static Response of(Request request, RuntimeException failure) {
    var told = Answers.asScim(request, failure);
    var status =
        told.type().filter(ScimType.invalidVers::equals).isPresent() ? CONFLICT : told.status();
    var body = JsonNodeFactory.instance.objectNode();
    body.put("message", told.detail()).put("code", code(request, told, status));
    body.put("status", status).put("messageWithParams", told.detail());
    body.putObject("messageParams");
    body.put("contextId", request.head().correlation());
    body.putArray("details");
    body.putArray("errors");
    var notes = new HashMap<>(told.facts());
    notes.put("reason", told.detail());
    var answer = Answers.json(status, body).noting(notes);
    if (failure instanceof HttpFailure http && !http.allowed().isEmpty()) {
      answer = answer.with("Allow", String.join(", ", http.allowed()));
    }
    return status == 401 ? answer.with("WWW-Authenticate", "Bearer realm=\"platform\"") : answer;
  }

  private static String code(Request request, ScimException told, int status) {
    return switch (status) {
      case 400 ->
          told.type().filter(ScimType.invalidValue::equals).isPresent()
              ? "invalid.value"
              : "bad.request";
      case 401 ->
          request.header("Authorization").isPresent()
              ? "bad.credentials"
              : "authentication.required";
      case 403 -> "missing.permissions";
      case 404 -> "not.found";
      case 405 -> "method.not.allowed";
      case CONFLICT -> "general.conflict";
      case 413 -> "request.entity.too.large";
      case 415 -> "unsupported.media.type";
      case 429 -> "too.many.requests";
      case 503 -> "service.unavailable";
      default -> status < 500 ? "bad.request" : "internal.server.error";
    };
  }
}
