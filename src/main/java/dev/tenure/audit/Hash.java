package dev.tenure.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// A SHA-256 value: 32 bytes, compared by value, written as 64 hexadecimal digits.
public final class Hash {
  public static final int BYTES = 32;

  /// What stands before the first row of a chain.
  static final Hash ZERO = new Hash(new byte[BYTES]);

  private final byte[] bytes;

  private Hash(byte[] bytes) {
    this.bytes = bytes;
  }

  /// Of all parts, one after the other.
  static Hash of(byte[]... parts) {
    var digest = sha256();
    for (var part : parts) digest.update(part);
    return new Hash(digest.digest());
  }

  public static Hash ofBytes(byte[] bytes) {
    if (bytes.length != BYTES) throw new IllegalArgumentException("a hash has 32 bytes");
    return new Hash(bytes.clone());
  }

  /// Throws [IllegalArgumentException] for anything but 64 lower-case hexadecimal digits.
  static Hash ofHex(String hex) {
    if (!hex.matches("[0-9a-f]{64}")) throw new IllegalArgumentException("no hash: " + hex);
    return new Hash(HexFormat.of().parseHex(hex));
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// The bytes themselves, for reading only.
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
