package dev.tenure.access;

import dev.tenure.access.openid.OpenId;
import dev.tenure.config.Secret;
import dev.tenure.problem.Problem;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Lets people in whom an OpenID provider vouches for, beside those who have a password here.
///
/// They are called `openid:NAME`, so that nobody can be taken for a local user, whose name has no
/// colon. The role is that of the moment of the sign-in.
public final class OpenIdSignIn {
  private static final String PREFIX = "openid:";

  private final Access access;
  private final OpenId provider;

  public OpenIdSignIn(Access access, OpenId provider) {
    this.access = access;
    this.provider = provider;
  }

  /// What people call the provider.
  public String label() {
    return provider.config().label();
  }

  /// A browser that is sent to the provider: where to, and with which cookie.
  public record Departure(URI to, Secret cookie) {}

  /// `next`: where to go afterwards. Throws `CONSOLE_OPENID_UNREACHABLE`.
  public Departure depart(String next) {
    var departure = provider.depart(next);
    return new Departure(departure.to(), departure.cookie());
  }

  /// A browser that comes back: `cookie` is that of its departure, `answer` the parameters that the
  /// provider gave it.
  public record Return(
      Optional<Secret> cookie, Map<String, String> answer, String remote, String agent) {
    public Return {
      answer = Map.copyOf(answer);
    }

    Attempt attempt(String name) {
      return new Attempt(name, new Secret(""), remote, agent);
    }
  }

  /// How it ended, and where to go. `signIn` is never [SignIn.Refused].
  public record Arrival(SignIn signIn, String next) {}

  /// Lets somebody in, or not, and writes down how it ended.
  public Arrival arrive(Return back) {
    var attempt = back.attempt(PREFIX + "?");
    var wait = access.waitFrom(attempt);
    if (wait.isPositive()) {
      access.note("console.sign-in.slowed", attempt, Map.of("issuer", issuer()));
      return new Arrival(new SignIn.Slowed(wait), "");
    }
    try {
      var person = provider.arrive(back.cookie(), back.answer());
      return new Arrival(in(person, back), person.next());
    } catch (Problem.Found e) {
      return new Arrival(rejected(e.problems().getFirst(), attempt), "");
    }
  }

  private SignIn in(OpenId.Person person, Return back) {
    var claimed = person.claimed();
    var subject = claimed.subject();
    var attempt = back.attempt(PREFIX + claimed.name());
    var hint = Optional.of(person.token()).filter(OpenId::isHint);
    var role = claimed.role();
    var proof = new Access.Proof(provider.config().fingerprint(), role, hint);
    var detail = Map.of("issuer", issuer(), "subject", subject, "role", role.word());
    return access.begin(attempt, proof, detail);
  }

  private SignIn rejected(Problem problem, Attempt attempt) {
    access.failedFrom(attempt);
    var detail = new HashMap<>(Map.of("issuer", issuer(), "code", problem.code().name()));
    detail.put("why", problem.message());
    var named = problem.details().get("name");
    detail.putAll(problem.details());
    var who =
        new Attempt(
            named == null ? attempt.name() : PREFIX + named,
            attempt.password(),
            attempt.remote(),
            attempt.agent());
    access.note("console.sign-in.failed", who, detail);
    return new SignIn.Rejected(problem);
  }

  private String issuer() {
    return provider.config().issuer();
  }

  /// Where to sign out at the provider, too; `token` as [Access#signOut] gives it.
  public Optional<URI> farewell(Optional<String> token) {
    return provider.farewell(token);
  }
}
