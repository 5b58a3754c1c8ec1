package dev.tenure.access.openid;

import dev.tenure.access.OpenIdConfig;
import dev.tenure.config.Secret;
import dev.tenure.problem.Problem;
import dev.tenure.remote.Answers;
import dev.tenure.remote.Reply;
import dev.tenure.remote.Reply.Answer;
import dev.tenure.remote.Web;
import dev.tenure.remote.Wire;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// What is asked of the provider from here, and not by way of the browser.
final class Calls implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final OpenIdConfig config;
  private final Web web = new Web(TIMEOUT);

  Calls(OpenIdConfig config) {
    this.config = config;
  }

  /// What the token endpoint gave.
  record Issued(String idToken, Optional<Secret> accessToken) {}

  /// A document; throws `CONSOLE_OPENID_UNREACHABLE` where there is none.
  JsonNode json(URI address) {
    var answer = good(web.get(address, Optional.empty()), address);
    var json = Answers.json(answer);
    if (json.isObject()) return json;
    throw Troubles.unreachable("the provider answers with something that is no JSON", address);
  }

  /// The text of a document.
  String text(URI address, Optional<Secret> token) {
    return good(web.get(address, token), address).body();
  }

  private static Answer good(Reply reply, URI address) {
    return switch (reply) {
      case Answer answer when answer.isSuccess() -> answer;
      case Answer answer ->
          throw Troubles.unreachable("the provider answers " + answer.status(), address);
      case Reply.NotSent(var why) -> throw unreachable(why, address);
      case Reply.NoAnswer(var why) -> throw unreachable(why, address);
    };
  }

  private static Problem.Found unreachable(String why, URI address) {
    return Troubles.unreachable("the provider cannot be reached: " + why, address);
  }

  /// Exchanges a code for tokens; `fields` are those of the grant.
  Issued tokens(Metadata metadata, Map<String, String> fields) {
    var all = new TreeMap<>(fields);
    if (metadata.byForm()) {
      all.put("client_id", config.client().id());
      all.put("client_secret", config.client().secret().reveal());
    }
    var body =
        all.entrySet().stream()
            .map(e -> Wire.encoded(e.getKey()) + "=" + Wire.encoded(e.getValue()))
            .collect(Collectors.joining("&"));
    var authorization = metadata.byForm() ? Optional.<String>empty() : Optional.of(basic());
    var address = metadata.endpoints().token();
    return switch (web.form(address, authorization, body)) {
      case Answer answer when answer.isSuccess() -> issued(Answers.json(answer));
      case Answer answer -> throw refused(answer);
      case Reply.NotSent(var why) -> throw unreachable(why, address);
      case Reply.NoAnswer(var why) -> throw unreachable(why, address);
    };
  }

  private static Issued issued(JsonNode json) {
    var idToken = json.path("id_token").asString("");
    if (idToken.isEmpty()) {
      throw Troubles.refused(
          "the provider gives no ID token", "have the application at the provider use OpenID");
    }
    var access = Optional.of(json.path("access_token").asString("")).filter(t -> !t.isEmpty());
    return new Issued(idToken, access.map(Secret::new));
  }

  private static Problem.Found refused(Answer answer) {
    var json = Answers.json(answer);
    var error = json.path("error").asString("");
    return Refusal.of(
        Map.of(
            "error",
            error.isEmpty() ? "status " + answer.status() : error,
            "error_description",
            json.path("error_description").asString("")));
  }

  /// RFC 6749 §2.3.1: both halves are form-encoded first.
  private String basic() {
    var client = config.client();
    var pair = Wire.encoded(client.id()) + ":" + Wire.encoded(client.secret().reveal());
    var bytes = pair.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public void close() {
    web.close();
  }
}
