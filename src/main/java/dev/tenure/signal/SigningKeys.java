package dev.tenure.signal;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.tenure.signal.Keys.Kept;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The keys that sign events: RSA of 2048 bits, for RS256, as CAEP's interoperability profile wants
/// it. The first is made when one is needed. A successor is published a day before it signs, so
/// that receivers know it by then, and its predecessor for a week after.
public final class SigningKeys {
  static final Duration LIFE = Duration.ofDays(90);
  static final Duration LEAD = Duration.ofDays(1);
  static final Duration OVERLAP = Duration.ofDays(7);
  private static final Duration REMEMBERED = Duration.ofMinutes(1);
  private static final int BITS = 2048;

  private final Keys keys;
  private final Clock clock;
  private volatile Ring ring = new Ring(List.of(), Instant.MIN);

  public SigningKeys(Keys keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /// A key that signs, and its name in tokens.
  record Signer(String keyId, JWSSigner signer) {}

  private record Key(int generation, RSAKey jwk, Signer signer, Instant signsFrom) {}

  /// The keys as they were read at one time, the oldest first.
  private record Ring(List<Key> keys, Instant read) {}

  /// The key that signs now: the newest whose time has come. The oldest signs in any case, as where
  /// the clock of the node that made it is ahead.
  Signer current() {
    var now = clock.instant();
    var all = ring(now).keys();
    return all.reversed().stream()
        .filter(key -> !key.signsFrom().isAfter(now))
        .findFirst()
        .orElseGet(all::getFirst)
        .signer();
  }

  /// The public keys, as a JWK Set (RFC 7517 §5).
  public String published() {
    List<JWK> jwks = ring(clock.instant()).keys().stream().map(k -> (JWK) k.jwk()).toList();
    return new JWKSet(jwks).toString(true);
  }

  /// Makes the first key, or the successor of one whose time is near; drops those whose time is
  /// over.
  public void tend() {
    var now = clock.instant();
    var all = ring(now).keys();
    var newest = all.getLast();
    if (newest.signsFrom().plus(LIFE).minus(LEAD).isBefore(now)) {
      add(newest.generation() + 1, now.plus(LEAD));
    }
    for (int i = all.size() - 1; i > 0; i--) {
      if (all.get(i).signsFrom().plus(OVERLAP).isBefore(now)) {
        keys.dropBefore(all.get(i).generation());
        break;
      }
    }
    ring = read(now);
  }

  /// A new key signs at once on this node, and within a minute on the others; the one before stays
  /// published for a week.
  public void rotate() {
    var now = clock.instant();
    add(ring(now).keys().getLast().generation() + 1, now);
    ring = read(now);
  }

  private Ring ring(Instant now) {
    var known = ring;
    if (!known.keys().isEmpty() && known.read().plus(REMEMBERED).isAfter(now)) return known;
    var fresh = read(now);
    if (fresh.keys().isEmpty()) {
      add(1, now);
      fresh = read(now);
    }
    ring = fresh;
    return fresh;
  }

  private Ring read(Instant now) {
    var read = new ArrayList<Key>();
    for (var kept : keys.all()) read.add(key(kept));
    return new Ring(List.copyOf(read), now);
  }

  private void add(int generation, Instant signsFrom) {
    try {
      var jwk =
          new RSAKeyGenerator(BITS)
              .keyUse(KeyUse.SIGNATURE)
              .algorithm(JWSAlgorithm.RS256)
              .keyIDFromThumbprint(true)
              .generate();
      keys.add(new Kept(generation, jwk.toJSONString(), signsFrom));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Key key(Kept kept) {
    try {
      var jwk = RSAKey.parse(kept.jwk());
      var signer = new Signer(jwk.getKeyID(), new RSASSASigner(jwk));
      return new Key(kept.generation(), jwk, signer, kept.signsFrom());
    } catch (ParseException | JOSEException e) {
      throw new IllegalStateException("key " + kept.generation() + " cannot be read", e);
    }
  }
}
