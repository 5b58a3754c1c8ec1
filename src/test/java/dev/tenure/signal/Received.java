package dev.tenure.signal;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.tenure.scim.ScimJson;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// A token as a receiver reads it: verified by the published keys, as any receiver would.
public record Received(Map<String, Object> header, JsonNode claims) {

  /// Throws where the token is not signed by one of `jwks`.
  public static Received verified(String token, String jwks) {
    try {
      var jwt = SignedJWT.parse(token);
      var key = JWKSet.parse(jwks).getKeyByKeyId(jwt.getHeader().getKeyID());
      if (key == null || !jwt.verify(new RSASSAVerifier(key.toRSAKey()))) {
        throw new IllegalStateException("not signed by a published key");
      }
      return new Received(
          jwt.getHeader().toJSONObject(), ScimJson.read(jwt.getPayload().toString()));
    } catch (java.text.ParseException | com.nimbusds.jose.JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  public String jti() {
    return claims.path("jti").asString("");
  }

  public String txn() {
    return claims.path("txn").asString("");
  }

  public EventType type() {
    var name = claims.path("events").propertyNames().iterator().next();
    return EventType.of(name).orElseThrow();
  }

  /// What the one event says.
  public JsonNode event() {
    return claims.path("events").path(type().uri());
  }

  public JsonNode subject() {
    return claims.path("sub_id");
  }

  /// The id in a subject of any form.
  public String id() {
    var user = subject().has("user") ? subject().path("user") : subject();
    return user.path("sub").asString(user.path("id").asString(""));
  }
}
