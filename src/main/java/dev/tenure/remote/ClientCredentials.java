package dev.tenure.remote;

import dev.tenure.config.Secret;
import dev.tenure.config.Section;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.remote.Reply.Answer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Tokens by OAuth 2.0 client credentials (RFC 6749 §4.4). One is kept until shortly before it
/// ends, or until a server refuses it. Throws [Problem.Found] with one of the codes of its [Party]
/// where none is given.
public final class ClientCredentials implements Supplier<Secret> {
  /// Of a token's life at least this share is left when it is used.
  private static final double SPARE = 0.1;

  private static final Duration LIFE_USUAL = Duration.ofMinutes(5);

  private final Client client;
  private final Party party;
  private final Wire wire;
  private final Clock clock;
  private @Nullable Secret token;
  private Instant until = Instant.EPOCH;

  /// `address`: the token endpoint; `scope` as that server wants it.
  public record Client(URI address, String id, Secret secret, Optional<String> scope) {
    /// Section `oauth`.
    public static Client read(Section section) {
      return new Client(
          Endpoint.address(section, "url"),
          section.text("client"),
          section.secret("secret"),
          section.optionalText("scope"));
    }
  }

  /// Whose server it is for: what is told where it refuses, and where it does not answer.
  public enum Party {
    SOURCE(Code.SOURCE_REFUSED, Code.SOURCE_UNREACHABLE),
    TARGET(Code.TARGET_REFUSED, Code.TARGET_UNREACHABLE);

    private final Code refused;
    private final Code unreachable;

    Party(Code refused, Code unreachable) {
      this.refused = refused;
      this.unreachable = unreachable;
    }
  }

  public ClientCredentials(Client client, Party party, Duration timeout, Clock clock) {
    this.client = client;
    this.party = party;
    this.clock = clock;
    this.wire = new Wire(new Endpoint(client.address(), client::secret, timeout));
  }

  @Override
  public synchronized Secret get() {
    var kept = token;
    if (kept != null && clock.instant().isBefore(until)) return kept;
    return switch (wire.form(authorization(), body())) {
      case Answer answer when answer.isSuccess() -> taken(answer);
      case Answer answer when answer.isBusy() || answer.status() >= 500 ->
          throw unreachable(Answers.words(answer));
      case Answer answer -> throw refused("the token endpoint refuses: " + Answers.words(answer));
      case Reply.NotSent(var why) -> throw unreachable(why);
      case Reply.NoAnswer(var why) -> throw unreachable(why);
    };
  }

  /// Gives this token up: a server did not take it, though its time is not over.
  synchronized void refused(Secret given) {
    if (given.equals(token)) until = Instant.EPOCH;
  }

  /// RFC 6749 §2.3.1: both halves are form-encoded first.
  private String authorization() {
    var pair = Wire.encoded(client.id()) + ":" + Wire.encoded(client.secret().reveal());
    var bytes = pair.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }

  private String body() {
    return "grant_type=client_credentials"
        + client.scope().map(s -> "&scope=" + Wire.encoded(s)).orElse("");
  }

  private Secret taken(Answer answer) {
    var json = Answers.json(answer);
    var text = json.path("access_token").asString("");
    if (text.isBlank()) throw refused("the token endpoint's answer has no access_token");
    var life = Duration.ofSeconds(json.path("expires_in").asLong(LIFE_USUAL.toSeconds()));
    until = clock.instant().plusMillis((long) (life.toMillis() * (1 - SPARE)));
    var fresh = new Secret(text);
    token = fresh;
    return fresh;
  }

  private Problem.Found refused(String message) {
    return new Problem(
            party.refused,
            message,
            Map.of("url", client.address().toString(), "client", client.id()),
            "check the client's id, its secret and the scope")
        .found();
  }

  private Problem.Found unreachable(String why) {
    return new Problem(
            party.unreachable,
            "no token could be got: " + why,
            Map.of("url", client.address().toString()),
            "check the address of the token endpoint, and that it runs")
        .found();
  }
}
