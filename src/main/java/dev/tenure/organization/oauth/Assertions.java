package dev.tenure.organization.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.tenure.organization.Credentials.Proof;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Assertions by which clients prove that they have their private key (RFC 7523 §3): issuer and
/// subject are the client's id, the audience is this server, it ends within five minutes, and its
/// `jti` counts once. Signed with RSA (2048 bits or more) or on an elliptic curve.
final class Assertions {
  static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  private static final Duration LIFE_MAX = Duration.ofMinutes(5);
  private static final Duration SKEW = Duration.ofSeconds(30);
  private static final int ID_CHARACTERS_MAX = 200;
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

  private final Function<String, Optional<String>> keys;
  private final Clock clock;

  /// `keys` gives the JWK set of a client's id.
  Assertions(Function<String, Optional<String>> keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /// What the assertion proves; absent where it proves nothing. `audiences`: names of this server.
  Optional<Proof> proof(String assertion, List<String> audiences) {
    try {
      var jwt = SignedJWT.parse(assertion);
      var claims = jwt.getJWTClaimsSet();
      var client = client(claims);
      if (client.isEmpty() || !isForUs(claims, audiences)) return Optional.empty();
      var known = keys.apply(client.get());
      if (known.isEmpty() || !isSigned(jwt, KeySet.parse(known.get()))) return Optional.empty();
      var id = String.valueOf(claims.getJWTID());
      return Optional.of(new Proof.ByAssertion(client.get(), id, end(claims).orElseThrow()));
    } catch (ParseException | JOSEException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> client(JWTClaimsSet claims) {
    return Optional.ofNullable(claims.getSubject())
        .filter(subject -> subject.equals(claims.getIssuer()));
  }

  private boolean isForUs(JWTClaimsSet claims, List<String> audiences) {
    var now = clock.instant();
    var id = claims.getJWTID();
    boolean begun = begin(claims).filter(at -> at.isAfter(now.plus(SKEW))).isEmpty();
    boolean lives =
        end(claims)
            .filter(at -> at.isAfter(now) && !at.isAfter(now.plus(LIFE_MAX).plus(SKEW)))
            .isPresent();
    boolean named = id != null && !id.isEmpty() && id.length() <= ID_CHARACTERS_MAX;
    return begun && lives && named && claims.getAudience().stream().anyMatch(audiences::contains);
  }

  private static Optional<Instant> begin(JWTClaimsSet claims) {
    return Optional.ofNullable(claims.getNotBeforeTime()).map(Date::toInstant);
  }

  private static Optional<Instant> end(JWTClaimsSet claims) {
    return Optional.ofNullable(claims.getExpirationTime()).map(Date::toInstant);
  }

  private static boolean isSigned(SignedJWT jwt, KeySet keys) throws JOSEException {
    if (!ALGORITHMS.contains(jwt.getHeader().getAlgorithm())) return false;
    var wanted = jwt.getHeader().getKeyID();
    for (JWK key : keys.keys().getKeys()) {
      boolean fits = wanted == null || wanted.equals(key.getKeyID());
      if (fits && key instanceof AsymmetricJWK pair && verifies(jwt, pair)) return true;
    }
    return false;
  }

  /// A key of another kind than the signature's verifies nothing.
  private static boolean verifies(SignedJWT jwt, AsymmetricJWK key) {
    try {
      var verifier =
          new DefaultJWSVerifierFactory().createJWSVerifier(jwt.getHeader(), key.toPublicKey());
      return jwt.verify(verifier);
    } catch (JOSEException _) {
      return false;
    }
  }
}
