package dev.tenure.access.openid;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// One way of a browser to the provider and back.
///
/// The cookie has all of it: when it began, 256 bits of chance, where to go afterwards. State,
/// nonce and PKCE's verifier are digests of the whole cookie: who sees one of them learns neither
/// the cookie nor another one, and who changes the cookie changes them.
record Trip(String cookie, Instant begunAt, String next) {
  static final Duration LIFE = Duration.ofMinutes(10);

  private static final int CHANCE_BYTES = 32;
  private static final int NEXT_MAX = 1_500;
  private static final Pattern COOKIE =
      Pattern.compile("([0-9]{1,11})\\.[A-Za-z0-9_-]{43}\\.([A-Za-z0-9_-]{0,2000})");

  static Trip begin(Instant now, RandomGenerator random, String next) {
    var bytes = new byte[CHANCE_BYTES];
    random.nextBytes(bytes);
    var kept = next.length() <= NEXT_MAX ? next : "";
    var where = base64(kept.getBytes(StandardCharsets.UTF_8));
    return new Trip(now.getEpochSecond() + "." + base64(bytes) + "." + where, now, kept);
  }

  /// The trip of this cookie; absent where it is none, or has taken longer than [#LIFE].
  static Optional<Trip> of(String cookie, Instant now) {
    var match = COOKIE.matcher(cookie);
    if (!match.matches()) return Optional.empty();
    var begunAt = Instant.ofEpochSecond(Long.parseLong(match.group(1)));
    if (begunAt.isAfter(now) || begunAt.plus(LIFE).isBefore(now)) return Optional.empty();
    return next(match.group(2)).map(where -> new Trip(cookie, begunAt, where));
  }

  private static Optional<String> next(String text) {
    try {
      var bytes = Base64.getUrlDecoder().decode(text);
      return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// What comes back with the answer (RFC 6749 §10.12).
  String state() {
    return digest("state " + cookie);
  }

  /// What comes back in the ID token (OpenID Connect Core 1.0 §15.5.2).
  String nonce() {
    return digest("nonce " + cookie);
  }

  /// What only who began it knows (RFC 7636 §4.1): 43 characters.
  String verifier() {
    return digest("verifier " + cookie);
  }

  /// The method S256 of RFC 7636 §4.2.
  String challenge() {
    return digest(verifier());
  }

  boolean isAnsweredBy(String state) {
    return MessageDigest.isEqual(
        state.getBytes(StandardCharsets.UTF_8), state().getBytes(StandardCharsets.UTF_8));
  }

  private static String digest(String text) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      return base64(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
