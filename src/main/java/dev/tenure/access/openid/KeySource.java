package dev.tenure.access.openid;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.text.ParseException;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The provider's public keys. Where none fits they are fetched once more, but not within 10
/// seconds of the last time: the provider may have changed its keys, or somebody may be trying.
final class KeySource implements JWKSource<SecurityContext> {
  private final Kept<JWKSet> keys;

  /// `fetch` gives the text of the JWK set.
  KeySource(Supplier<String> fetch, Clock clock) {
    this.keys = new Kept<>(() -> parsed(fetch.get()), clock);
  }

  @Override
  public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) {
    var found = selector.select(keys.get());
    return found.isEmpty() ? selector.select(keys.renewed()) : found;
  }

  /// Keys of kinds that are not known are passed over (RFC 7517 §5).
  private static JWKSet parsed(String text) {
    try {
      return JWKSet.parse(text).toPublicJWKSet();
    } catch (ParseException e) {
      throw Troubles.unreachable("the provider's keys cannot be read", "jwks_uri");
    }
  }
}
