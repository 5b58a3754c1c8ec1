package dev.tenure.access.openid;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.tenure.access.OpenIdConfig;
import dev.tenure.config.Secret;
import dev.tenure.problem.Problem;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Sends browsers to the provider, and finds out from what they bring back who somebody is.
public final class OpenId implements AutoCloseable {
  private static final String WELL_KNOWN = "/.well-known/openid-configuration";

  /// A longer one would make an address that servers refuse.
  private static final int HINT_MAX = 4_000;

  private final OpenIdConfig config;
  private final Place place;
  private final Clock clock;
  private final RandomGenerator random;
  private final Calls calls;
  private final Kept<Metadata> metadata;
  private final IdTokens tokens;

  /// Where the provider sends browsers: `callback` after a sign-in, `signedOut` after a sign-out.
  public record Place(URI callback, URI signedOut) {}

  /// `random` makes secrets: a `SecureRandom` outside of tests.
  public OpenId(OpenIdConfig config, Place place, Clock clock, RandomGenerator random) {
    this.config = config;
    this.place = place;
    this.clock = clock;
    this.random = random;
    this.calls = new Calls(config);
    this.metadata = new Kept<>(() -> Metadata.read(calls.json(document(config)), config), clock);
    var keys =
        new KeySource(() -> calls.text(metadata.get().endpoints().keys(), Optional.empty()), clock);
    this.tokens = new IdTokens(config, keys, clock);
  }

  /// Discovery 1.0 §4.1: a slash at the issuer's end does not count here.
  private static URI document(OpenIdConfig config) {
    return URI.create(config.issuer().replaceFirst("/$", "") + WELL_KNOWN);
  }

  public OpenIdConfig config() {
    return config;
  }

  /// A browser that is sent to the provider: where to, and with which cookie.
  public record Departure(URI to, Secret cookie) {}

  /// Sends a browser to the provider; `next` is where to go afterwards. Throws
  /// `CONSOLE_OPENID_UNREACHABLE`.
  public Departure depart(String next) {
    var trip = Trip.begin(clock.instant(), random, next);
    var to =
        new Address(metadata.get().endpoints().authorization())
            .with("response_type", "code")
            .with("client_id", config.client().id())
            .with("redirect_uri", place.callback().toString())
            .with("scope", config.client().scope())
            .with("state", trip.state())
            .with("nonce", trip.nonce())
            .with("code_challenge", trip.challenge())
            .with("code_challenge_method", "S256")
            .uri();
    return new Departure(to, new Secret(trip.cookie()));
  }

  /// Somebody whom the provider vouches for. `next` is where to go; `token` the ID token.
  public record Person(Claimed claimed, String next, String token) {}

  /// Whom the browser comes back as. `answer`: the parameters that the provider gave it. Throws a
  /// `CONSOLE_OPENID_…`; nothing of the answer is believed, or shown, before it is known to belong
  /// to this browser.
  public Person arrive(Optional<Secret> cookie, Map<String, String> answer) {
    var trip =
        cookie
            .flatMap(c -> Trip.of(c.reveal(), clock.instant()))
            .filter(t -> t.isAnsweredBy(answer.getOrDefault("state", "")))
            .orElseThrow(Troubles::stale);
    requireFromProvider(answer);
    if (answer.containsKey("error")) throw Refusal.of(answer);
    var code = answer.getOrDefault("code", "");
    if (code.isEmpty()) throw Refusal.of(Map.of("error", "no code in the answer"));
    var form =
        Map.of(
            "grant_type",
            "authorization_code",
            "code",
            code,
            "redirect_uri",
            place.callback().toString(),
            "code_verifier",
            trip.verifier());
    var issued = calls.tokens(metadata.get(), form);
    var claims = tokens.checked(issued.idToken(), trip.nonce()).toJSONObject();
    return new Person(claimed(claims, issued.accessToken()), trip.next(), issued.idToken());
  }

  /// RFC 9207 §2.4: else an answer of another provider could be taken for one of this.
  private void requireFromProvider(Map<String, String> answer) {
    var from = answer.get("iss");
    var fits = from == null ? !metadata.get().namesItself() : from.equals(config.issuer());
    if (fits) return;
    throw Troubles.refused("the answer is of another provider (iss)", "sign in again");
  }

  /// The ID token says who somebody is; what it does not say, the provider may tell when asked.
  private Claimed claimed(Map<String, Object> claims, Optional<Secret> accessToken) {
    var said = new Claimed(claims, config.claims());
    var where = metadata.get().endpoints().userInfo();
    if (said.isComplete() || where.isEmpty() || accessToken.isEmpty()) return said;
    var more = parsed(calls.text(where.get(), accessToken));
    // OpenID Connect Core 1.0 §5.3.2: it may be of somebody else.
    if (!said.subject().equals(more.get("sub"))) {
      throw Troubles.refused("UserInfo is of somebody else (sub)", "sign in again");
    }
    var all = new HashMap<>(more);
    all.putAll(claims);
    return new Claimed(all, config.claims());
  }

  private static Map<String, Object> parsed(String json) {
    try {
      return JSONObjectUtils.parse(json);
    } catch (ParseException _) {
      throw Troubles.refused(
          "the provider's UserInfo is no JSON", "have the provider answer with plain JSON there");
    }
  }

  /// Where to sign out at the provider, too; absent where it does not offer that, or cannot be
  /// asked. `token` is the ID token of the session, where it was kept.
  public Optional<URI> farewell(Optional<String> token) {
    return endSession()
        .map(uri -> {
          var to =
              new Address(uri)
                  .with("client_id", config.client().id())
                  .with("post_logout_redirect_uri", place.signedOut().toString());
          return token.map(t -> to.with("id_token_hint", t)).orElse(to).uri();
        });
  }

  private Optional<URI> endSession() {
    try {
      return metadata.get().endpoints().endSession();
    } catch (Problem.Found _) {
      return Optional.empty();
    }
  }

  /// Whether a session should keep this ID token for its end.
  public static boolean isHint(String token) {
    return token.length() <= HINT_MAX;
  }

  @Override
  public void close() {
    calls.close();
  }
}
