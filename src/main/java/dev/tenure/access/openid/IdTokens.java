package dev.tenure.access.openid;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.tenure.access.OpenIdConfig;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checks ID tokens as OpenID Connect Core 1.0 §3.1.3.7 says: signed by a key of the provider, with
/// RSA or on an elliptic curve (never unsigned, never with a shared secret), issued by it, for this
/// client, just now, and for this very sign-in.
final class IdTokens {
  static final Duration SKEW = Duration.ofMinutes(1);

  private static final int SUBJECT_MAX = 255;
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private final OpenIdConfig config;
  private final KeySource keys;
  private final Clock clock;

  IdTokens(OpenIdConfig config, KeySource keys, Clock clock) {
    this.config = config;
    this.keys = keys;
    this.clock = clock;
  }

  /// What the token claims. Throws `CONSOLE_OPENID_REFUSED` where it proves nothing.
  JWTClaimsSet checked(String token, String nonce) {
    var processor = new DefaultJWTProcessor<SecurityContext>();
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
    processor.setJWTClaimsSetVerifier(new Verifier(nonce));
    try {
      return processor.process(token, null);
    } catch (ParseException | BadJOSEException | JOSEException e) {
      throw Troubles.refused(
          "the provider's ID token proves nothing: " + e.getMessage(),
          "sign in again; if it stays so, check the clocks of both servers and"
              + " console.openid.client");
    }
  }

  /// The claims, once the signature is good.
  private final class Verifier extends DefaultJWTClaimsVerifier<SecurityContext> {
    private final String nonce;

    Verifier(String nonce) {
      super(
          Set.of(config.client().id()),
          new JWTClaimsSet.Builder().issuer(config.issuer()).build(),
          Set.of("sub", "exp", "iat", "nonce"),
          Set.of());
      this.nonce = nonce;
      setMaxClockSkew((int) SKEW.toSeconds());
    }

    @Override
    protected Date currentTime() {
      return Date.from(clock.instant());
    }

    @Override
    public void verify(JWTClaimsSet claims, @Nullable SecurityContext context)
        throws BadJWTException {
      super.verify(claims, context);
      require(nonce.equals(claims.getClaim("nonce")), "it is of another sign-in (nonce)");
      requireForUs(claims);
      requireFresh(claims);
      var subject = claims.getSubject();
      require(
          subject != null && !subject.isBlank() && subject.length() <= SUBJECT_MAX,
          "it names nobody (sub)");
    }
  }

  /// Where several are meant, or one is named that was asked for it, that one is this client.
  private void requireForUs(JWTClaimsSet claims) throws BadJWTException {
    var party = claims.getClaim("azp");
    require(party == null || party.equals(config.client().id()), "it is for another client (azp)");
    require(
        party != null || claims.getAudience().size() == 1,
        "it is for several, and names none (azp)");
  }

  /// It was asked for in this trip, so it is no older than one.
  private void requireFresh(JWTClaimsSet claims) throws BadJWTException {
    var issuedAt = claims.getIssueTime().toInstant();
    var now = clock.instant();
    require(!issuedAt.isAfter(now.plus(SKEW)), "it is of the future (iat)");
    require(!issuedAt.isBefore(now.minus(Trip.LIFE).minus(SKEW)), "it is too old (iat)");
  }

  private static void require(boolean holds, String otherwise) throws BadJWTException {
    if (!holds) throw new BadJWTException(otherwise);
  }
}
