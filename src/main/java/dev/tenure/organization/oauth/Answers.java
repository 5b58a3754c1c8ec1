package dev.tenure.organization.oauth;

import dev.tenure.http.Handler;
import dev.tenure.http.HttpFailure;
import dev.tenure.http.Request;
import dev.tenure.http.Response;
import dev.tenure.organization.store.DatabaseFailures;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.message.ErrorMessage;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// Answers of the organizations' endpoints; every failure is an error of RFC 7644 §3.12.
public final class Answers {
  public static final String SCIM = "application/scim+json";
  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

  private Answers() {}

  /// The handler, with its failures turned into answers.
  public static Handler guarded(Handler handler) {
    return request -> {
      try {
        return handler.handle(request);
      } catch (HttpFailure e) {
        return failure(e);
      } catch (RuntimeException e) {
        return failure(asScim(request, e));
      }
    };
  }

  /// What a request that failed so is answered. What is not the client's fault is logged.
  public static ScimException asScim(Request request, RuntimeException failure) {
    return switch (failure) {
      case ScimException e -> e;
      case HttpFailure e -> new ScimException(e.status(), null, e.detail());
      default -> DatabaseFailures.of(failure).orElseGet(() -> broken(request, failure));
    };
  }

  /// The answer to a request that HTTP itself refuses.
  public static Response failure(HttpFailure e) {
    var answer = failure(new ScimException(e.status(), null, e.detail()));
    var allowed = String.join(", ", e.allowed());
    return allowed.isEmpty() ? answer : answer.with("Allow", allowed);
  }

  /// An answer as JSON that no cache may keep.
  public static Response json(int status, JsonNode body) {
    return Response.json(status, ScimJson.write(body)).with("Cache-Control", "no-store");
  }

  /// An error of RFC 7644 §3.12.
  public static Response failure(ScimException e) {
    var answer =
        Response.of(e.status(), SCIM, ScimJson.write(ErrorMessage.render(e)))
            .with("Cache-Control", "no-store")
            .noting(notes(e));
    return e.status() == 401 ? answer.with("WWW-Authenticate", "Bearer realm=\"scim\"") : answer;
  }

  private static Map<String, String> notes(ScimException e) {
    var notes = new HashMap<>(e.facts());
    notes.put("reason", e.detail());
    return notes;
  }

  private static ScimException broken(Request request, RuntimeException e) {
    var correlation = request.head().correlation();
    LOG.error("request failed, correlation {}", correlation, e);
    return new ScimException(
        500, null, "something went wrong; ask with correlation id " + correlation);
  }
}
