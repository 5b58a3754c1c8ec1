package dev.tenure.notify;

import dev.tenure.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The header fields that prove a message: Standard Webhooks 1.0, HMAC-SHA-256 over id, time and
/// body.
final class Signature {
  private static final String ALGORITHM = "HmacSHA256";

  /// How Standard Webhooks writes a key that is bytes; any other text is a key as it is.
  private static final String BYTES = "whsec_";

  private static final int BYTES_MIN = 24;
  private static final int BYTES_MAX = 64;

  private Signature() {}

  static boolean isUsable(Secret secret) {
    var text = secret.reveal();
    if (!text.startsWith(BYTES)) return true;
    try {
      int length = Base64.getDecoder().decode(text.substring(BYTES.length())).length;
      return length >= BYTES_MIN && length <= BYTES_MAX;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  static Map<String, String> fields(String id, Instant now, Proof proof) {
    var time = Long.toString(now.getEpochSecond());
    var fields = new LinkedHashMap<String, String>();
    fields.put("webhook-id", id);
    fields.put("webhook-timestamp", time);
    fields.put("webhook-signature", "v1," + mac(id + "." + time + "." + proof.body(), proof));
    return fields;
  }

  /// What is signed, and by what.
  record Proof(String body, Secret secret) {}

  private static String mac(String text, Proof proof) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key(proof.secret().reveal()), ALGORITHM));
      var bytes = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HMAC-SHA-256", e);
    }
  }

  private static byte[] key(String secret) {
    return secret.startsWith(BYTES)
        ? Base64.getDecoder().decode(secret.substring(BYTES.length()))
        : secret.getBytes(StandardCharsets.UTF_8);
  }
}
