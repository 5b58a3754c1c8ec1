package dev.tenure.signal;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import dev.tenure.signal.EventStream.SubjectFormat;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Signed security event tokens (RFC 8417, in the profile of SSF 1.0 §4): typed `secevent+jwt`,
/// with `sub_id` and one event, without `sub` and `exp`. The same event gives the same claims each
/// time.
final class Tokens {
  private static final JOSEObjectType TYPE = new JOSEObjectType("secevent+jwt");
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private final SigningKeys keys;

  Tokens(SigningKeys keys) {
    this.keys = keys;
  }

  /// The token in its compact form.
  String token(EventStream stream, Signal signal) {
    var key = keys.current();
    var header = new JWSHeader.Builder(JWSAlgorithm.RS256).type(TYPE).keyID(key.keyId()).build();
    var token = new JWSObject(header, new Payload(claims(stream, signal).toString()));
    try {
      token.sign(key.signer());
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return token.serialize();
  }

  /// What the token says.
  static ObjectNode claims(EventStream stream, Signal signal) {
    var claims = JSON.objectNode();
    claims.put("iss", stream.issuer()).put("jti", signal.tokenId().toString());
    claims.put("iat", signal.at().getEpochSecond()).put("aud", stream.audience());
    claims.put("txn", signal.txn().toString());
    claims.set("sub_id", subject(stream, signal));
    claims.putObject("events").set(signal.type().uri(), event(signal));
    return claims;
  }

  private static ObjectNode subject(EventStream stream, Signal signal) {
    return switch (signal.type().family()) {
      case SSF -> opaque(stream.key().id().toString());
      case SCIM -> resource(signal);
      case CAEP, RISC ->
          signal
              .names()
              .session()
              .map(session -> {
                var both = JSON.objectNode().put("format", "complex");
                both.set("user", user(stream, signal));
                return both.set("session", opaque(session.toString()));
              })
              .map(ObjectNode.class::cast)
              .orElseGet(() -> user(stream, signal));
    };
  }

  private static ObjectNode opaque(String id) {
    return JSON.objectNode().put("format", "opaque").put("id", id);
  }

  /// RFC 9967 §2.1.
  private static ObjectNode resource(Signal signal) {
    var subject = JSON.objectNode().put("format", "scim").put("uri", "/" + signal.subject());
    signal.names().externalId().ifPresent(id -> subject.put("externalId", id));
    return subject.put("id", signal.resourceId());
  }

  /// RFC 9493 §3.2.2, §3.2.4. A user without an address is named by its id in any case.
  private static ObjectNode user(EventStream stream, Signal signal) {
    var email = signal.names().email();
    if (stream.subscription().format() == SubjectFormat.EMAIL && email.isPresent()) {
      return JSON.objectNode().put("format", "email").put("email", email.get());
    }
    var subject = JSON.objectNode().put("format", "iss_sub").put("iss", stream.issuer());
    return subject.put("sub", signal.resourceId());
  }

  private static ObjectNode event(Signal signal) {
    var event = JSON.objectNode();
    switch (signal.type()) {
      case SESSION_REVOKED -> {
        event.put("event_timestamp", signal.at().getEpochSecond());
        event.put("initiating_entity", "admin");
        event.putObject("reason_admin").put("en", reason(signal.cause()));
      }
      case ACCOUNT_DISABLED, ACCOUNT_ENABLED, ACCOUNT_PURGED -> {}
      case ACTIVATE, DEACTIVATE, DELETE -> {}
      case CREATE_NOTICE, PATCH_NOTICE, PUT_NOTICE -> {
        return ScimEvents.notice(signal);
      }
      case CREATE_FULL, PATCH_FULL, PUT_FULL -> {
        return ScimEvents.full(signal);
      }
      case VERIFICATION -> signal.change().content().ifPresent(state -> event.put("state", state));
      case STREAM_UPDATED -> {
        event.put("status", signal.cause());
        signal.change().content().ifPresent(why -> event.put("reason", why));
      }
    }
    return event;
  }

  /// CAEP 1.0 §2, for administrators to read.
  private static String reason(String cause) {
    return switch (cause) {
      case "user.deactivated" -> "The user was deactivated";
      case "user.deleted" -> "The user was deleted";
      case "session.revoked" -> "The session was revoked";
      default -> cause;
    };
  }
}
