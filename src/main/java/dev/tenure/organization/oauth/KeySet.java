package dev.tenure.organization.oauth;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.text.ParseException;

/// The public keys of a client (RFC 7517 §5).
public final class KeySet {
  private final JWKSet keys;

  private KeySet(JWKSet keys) {
    this.keys = keys;
  }

  /// Reads a JWK set or a single JWK. Throws [IllegalArgumentException] for anything else, for a
  /// set without keys and for one with a private or secret key: that is not for us to know.
  public static KeySet parse(String text) {
    try {
      var keys = text.contains("\"keys\"") ? JWKSet.parse(text) : new JWKSet(JWK.parse(text));
      if (keys.isEmpty()) throw new IllegalArgumentException("the set has none");
      boolean secret = keys.getKeys().stream().anyMatch(key -> key.isPrivate() || !isPair(key));
      if (secret) throw new IllegalArgumentException("a private or secret key is in it");
      return new KeySet(keys);
    } catch (ParseException e) {
      throw new IllegalArgumentException("it is no JWK set", e);
    }
  }

  private static boolean isPair(JWK key) {
    return key.getKeyType() != null && !key.getKeyType().getValue().equals("oct");
  }

  /// As JSON.
  public String json() {
    return keys.toString(true);
  }

  JWKSet keys() {
    return keys;
  }
}
