package dev.tenure.access.openid;

import dev.tenure.problem.Problem;
import java.util.Map;

/// Errors that a provider answers with (RFC 6749 §4.1.2.1 and §5.2, OpenID Connect Core 1.0
/// §3.1.2.6), and what to do about them.
final class Refusal {
  private Refusal() {}

  /// `answer` has `error`, and perhaps `error_description`.
  static Problem.Found of(Map<String, String> answer) {
    var error = answer.getOrDefault("error", "");
    var words = answer.getOrDefault("error_description", "");
    return Troubles.refused(
        "the provider refuses: " + error + (words.isEmpty() ? "" : ": " + words), remedy(error));
  }

  private static String remedy(String error) {
    return switch (error) {
      case "access_denied" ->
          "ask who looks after the provider to let you use this application, then sign in again";
      case "login_required", "interaction_required", "consent_required", "invalid_grant" ->
          "sign in again";
      case "temporarily_unavailable", "server_error" -> "sign in again in a few minutes";
      case "invalid_client", "unauthorized_client" ->
          "whoever looks after Tenure: check console.openid.client and secret; secrets run out";
      case "invalid_scope" -> "whoever looks after Tenure: check console.openid.scopes";
      default ->
          "sign in again; if it stays so, compare the application at the provider with"
              + " docs/console.md";
    };
  }
}
