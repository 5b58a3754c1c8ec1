package dev.tenure.access;

import dev.tenure.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Password hashes: Argon2id with 19 MiB and two passes (OWASP's recommendation), as PHC strings
/// that carry their own parameters.
///
/// Two are worked on at a time, so that a flood of sign-ins takes neither memory nor cores away
/// from everybody else.
final class Passwords {
  private static final int MEMORY_KIB = 19 << 10;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int PERMITS = 2;
  private static final int PARTS = 6;
  private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getDecoder();

  private final Semaphore permits = new Semaphore(PERMITS, true);
  private final RandomGenerator random;
  private final String nobodys;

  /// `random` makes salts.
  Passwords(RandomGenerator random) {
    this.random = random;
    this.nobodys = phc(bytes(SALT_BYTES), bytes(HASH_BYTES));
  }

  /// The hash of a new password: `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`.
  String hash(Secret password) {
    var salt = bytes(SALT_BYTES);
    return phc(salt, computed(password, salt));
  }

  /// Whether the password is the one that was hashed.
  boolean fits(Secret password, String phc) {
    var parts = phc.split("\\$", -1);
    if (parts.length != PARTS) return false;
    var salt = DECODER.decode(parts[PARTS - 2]);
    return MessageDigest.isEqual(computed(password, salt), DECODER.decode(parts[PARTS - 1]));
  }

  /// Takes as long as [#fits], for a user that there is not: nobody learns which names there are.
  boolean fitsNobody(Secret password) {
    return fits(password, nobodys);
  }

  private byte[] computed(Secret password, byte[] salt) {
    var generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(MEMORY_KIB)
            .withIterations(PASSES)
            .withParallelism(LANES)
            .withSalt(salt)
            .build());
    var hash = new byte[HASH_BYTES];
    permits.acquireUninterruptibly();
    try {
      generator.generateBytes(password.reveal().getBytes(StandardCharsets.UTF_8), hash);
      return hash;
    } finally {
      permits.release();
    }
  }

  private byte[] bytes(int count) {
    var bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String phc(byte[] salt, byte[] hash) {
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            MEMORY_KIB, PASSES, LANES, ENCODER.encodeToString(salt), ENCODER.encodeToString(hash));
  }
}
