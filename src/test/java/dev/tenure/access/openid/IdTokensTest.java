package dev.tenure.access.openid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.tenure.access.OpenIdConfig;
import dev.tenure.access.Role;
import dev.tenure.config.Secret;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Which ID tokens prove something: each bad one differs from the good one in one thing.
class IdTokensTest {
  static final String ISSUER = "https://login.example.com/tenant";
  static final OpenIdConfig CONFIG =
      new OpenIdConfig(
          "Example",
          ISSUER,
          new OpenIdConfig.Client("tenure", new Secret("a client's secret"), List.of()),
          new OpenIdConfig.Claims("name", "roles", Map.of(Role.VIEWER, List.of("v"))));

  private static final Instant NOW = Instant.parse("2026-11-26T08:00:00Z");
  private static final String NONCE = "the-nonce";
  private static final RSAKey KEY = rsa("one");
  private static final RSAKey OTHER = rsa("one");
  private static final ECKey EC = ec();

  private static RSAKey rsa(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ECKey ec() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String keys(com.nimbusds.jose.jwk.JWK... keys) {
    return new JWKSet(List.of(keys)).toPublicJWKSet().toString();
  }

  private static IdTokens tokens() {
    var clock = Clock.fixed(NOW, ZoneOffset.UTC);
    return new IdTokens(CONFIG, new KeySource(() -> keys(KEY, EC), clock), clock);
  }

  private static JWTClaimsSet.Builder good() {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience("tenure")
        .subject("ann-1")
        .issueTime(Date.from(NOW.minusSeconds(5)))
        .expirationTime(Date.from(NOW.plusSeconds(300)))
        .claim("nonce", NONCE);
  }

  private static String signed(JWTClaimsSet claims, RSAKey key) {
    try {
      var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build();
      var jwt = new SignedJWT(header, claims);
      jwt.sign(new RSASSASigner(key));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hmac(byte[] secret) {
    try {
      var header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("one").build();
      var jwt = new SignedJWT(header, good().build());
      jwt.sign(new MACSigner(secret));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String by(UnaryOperator<JWTClaimsSet.Builder> change) {
    return signed(change.apply(good()).build(), KEY);
  }

  private static Date in(Duration time) {
    return Date.from(NOW.plus(time));
  }

  static Stream<Arguments> bad() throws JOSEException {
    var parts = by(c -> c).split("\\.", -1);
    return Stream.of(
        Arguments.of("other audience", by(c -> c.audience("other"))),
        Arguments.of("no audience", by(c -> c.audience((String) null))),
        Arguments.of("several, none named", by(c -> c.audience(List.of("tenure", "other")))),
        Arguments.of("authorized party", by(c -> c.claim("azp", "other"))),
        Arguments.of("party that is no text", by(c -> c.claim("azp", List.of("tenure")))),
        Arguments.of("issuer", by(c -> c.issuer("https://login.example.com/other"))),
        Arguments.of("issuer with a slash", by(c -> c.issuer(ISSUER + "/"))),
        Arguments.of("no issuer", by(c -> c.issuer(null))),
        Arguments.of("expired", by(c -> c.expirationTime(in(Duration.ofSeconds(-61))))),
        Arguments.of("no end", by(c -> c.expirationTime(null))),
        Arguments.of("not yet", by(c -> c.notBeforeTime(in(Duration.ofSeconds(90))))),
        Arguments.of("of the future", by(c -> c.issueTime(in(Duration.ofSeconds(90))))),
        Arguments.of("too old", by(c -> c.issueTime(in(Duration.ofMinutes(-12))))),
        Arguments.of("no time", by(c -> c.issueTime(null))),
        Arguments.of("other nonce", by(c -> c.claim("nonce", "another"))),
        Arguments.of("no nonce", by(c -> c.claim("nonce", null))),
        Arguments.of("nonce in a list", by(c -> c.claim("nonce", List.of(NONCE)))),
        Arguments.of("nobody", by(c -> c.subject(null))),
        Arguments.of("blank", by(c -> c.subject(" "))),
        Arguments.of("other key of that name", signed(good().build(), OTHER)),
        Arguments.of("unknown key", signed(good().build(), rsa("two"))),
        Arguments.of("unsigned", new PlainJWT(good().build()).serialize()),
        Arguments.of("signature cut off", parts[0] + "." + parts[1] + "."),
        Arguments.of("public key as a secret", hmac(KEY.toRSAPublicKey().getEncoded())),
        Arguments.of("public JWK as a secret", hmac(bytes(KEY.toPublicJWK().toJSONString()))),
        Arguments.of("client's secret", hmac(bytes("a client's secret, and then some more"))),
        Arguments.of("nothing", ""),
        Arguments.of("something", "a.b.c"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bad")
  void provesNothing(String what, String token) {
    assertThatThrownBy(() -> tokens().checked(token, NONCE))
        .as(what)
        .isInstanceOfSatisfying(
            Problem.Found.class, e -> assertThat(e.has(Code.CONSOLE_OPENID_REFUSED)).isTrue());
  }

  @Test
  void theGoodOneProvesWhoSomebodyIs() {
    var checked = tokens().checked(by(c -> c), NONCE);
    assertThat(checked.getSubject()).isEqualTo("ann-1");
    var several = by(c -> c.audience(List.of("tenure", "other")).claim("azp", "tenure"));
    assertThat(tokens().checked(several, NONCE).getSubject()).isEqualTo("ann-1");
    var late = by(c -> c.expirationTime(in(Duration.ofSeconds(-59))));
    assertThat(tokens().checked(late, NONCE).getSubject()).isEqualTo("ann-1");
  }

  @Test
  void ellipticCurvesAreFineToo() throws JOSEException {
    var header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("ec").build();
    var jwt = new SignedJWT(header, good().build());
    jwt.sign(new ECDSASigner(EC));
    assertThat(tokens().checked(jwt.serialize(), NONCE).getSubject()).isEqualTo("ann-1");
  }

  @Test
  void aNewKeyIsFetchedOnceAndNobodyMakesUsFetchMoreOften() {
    var now = new AtomicReference<>(NOW);
    var clock = clock(now);
    var published = new AtomicReference<>(keys(KEY));
    var fetched = new AtomicInteger();
    var source =
        new KeySource(
            () -> {
              fetched.incrementAndGet();
              return published.get();
            },
            clock);
    var tokens = new IdTokens(CONFIG, source, clock);
    tokens.checked(by(c -> c), NONCE);
    assertThat(fetched).hasValue(1);

    var next = rsa("two");
    published.set(keys(KEY, next));
    now.set(NOW.plus(Kept.PAUSE));
    var token = signed(good().build(), next);
    assertThat(tokens.checked(token, NONCE).getSubject()).isEqualTo("ann-1");
    assertThat(fetched).hasValue(2);

    var stranger = signed(good().build(), rsa("three"));
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> tokens.checked(stranger, NONCE)).isInstanceOf(Problem.Found.class);
    }
    assertThat(fetched).hasValue(2);
    now.set(now.get().plus(Kept.PAUSE));
    assertThatThrownBy(() -> tokens.checked(stranger, NONCE)).isInstanceOf(Problem.Found.class);
    assertThat(fetched).hasValue(3);
  }

  private static Clock clock(AtomicReference<Instant> now) {
    return new Clock() {
      @Override
      public Instant instant() {
        return now.get();
      }

      @Override
      public ZoneOffset getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(java.time.ZoneId zone) {
        return this;
      }
    };
  }
}
