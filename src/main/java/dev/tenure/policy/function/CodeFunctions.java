package dev.tenure.policy.function;

import static dev.tenure.policy.function.Overload.NUMBER;
import static dev.tenure.policy.function.Overload.TEXT;

import dev.tenure.policy.function.Overload.Given;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Encodings, and values that look random but follow from a text: a rule gives the same at each
/// look (law 7), so there is no chance in it.
final class CodeFunctions {
  private static final Map<String, Charset> CHARSETS =
      Map.of(
          "UTF-8", StandardCharsets.UTF_8,
          "UTF-16", StandardCharsets.UTF_16LE);
  private static final int STABLE_MAX = 1_000;

  static final List<Overload> ALL =
      List.of(
          Overload.of("uuid", List.of(TEXT, TEXT), g -> uuid(g.text(0))),
          Overload.of("stableText", List.of(TEXT, TEXT, NUMBER, TEXT), CodeFunctions::stableText),
          Overload.of("base64", List.of(TEXT, TEXT), g -> base64(g.text(0), "UTF-8")),
          Overload.of("base64", List.of(TEXT, TEXT, TEXT), g -> base64(g.text(0), g.text(1))),
          Overload.of("hex", List.of(TEXT, TEXT), g -> hex(g.text(0))));

  private CodeFunctions() {}

  /// The UUID of this name (RFC 9562 §5.5, version 5, in the namespace of URLs).
  private static String uuid(String name) {
    var namespace = HexFormat.of().parseHex("6ba7b8119dad11d180b400c04fd430c8");
    var hash = digest("SHA-1", namespace, name.getBytes(StandardCharsets.UTF_8));
    hash[6] = (byte) ((hash[6] & 0x0f) | 0x50);
    hash[8] = (byte) ((hash[8] & 0x3f) | 0x80);
    var bytes = ByteBuffer.wrap(hash);
    return new UUID(bytes.getLong(), bytes.getLong()).toString();
  }

  /// Characters of the alphabet that follow from the seed. Not a secret: who knows the seed knows
  /// them.
  private static String stableText(Given given) {
    var alphabet = given.text(2).codePoints().toArray();
    if (alphabet.length == 0 || given.count(1) > STABLE_MAX) {
      throw new Refusal(
          "no alphabet, or more than " + STABLE_MAX + " characters wanted",
          given.text(2),
          "give an alphabet such as \"abcdefghijkmnpqrstuvwxyz23456789\"");
    }
    var seed = given.text(0).getBytes(StandardCharsets.UTF_8);
    var text = new StringBuilder();
    for (int i = 0; i < given.count(1); i++) {
      var hash = digest("SHA-256", ByteBuffer.allocate(4).putInt(i).array(), seed);
      long drawn = ByteBuffer.wrap(hash).getLong() >>> 1;
      text.appendCodePoint(alphabet[(int) (drawn % alphabet.length)]);
    }
    return text.toString();
  }

  private static String base64(String text, String encoding) {
    var charset = CHARSETS.get(encoding);
    if (charset == null) {
      throw new Refusal(
          "no encoding '" + encoding + "'", encoding, "write \"UTF-8\" or \"UTF-16\"");
    }
    return Base64.getEncoder().encodeToString(text.getBytes(charset));
  }

  private static String hex(String text) {
    return HexFormat.of().withUpperCase().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] digest(String algorithm, byte[] first, byte[] second) {
    try {
      var digest = MessageDigest.getInstance(algorithm);
      digest.update(first);
      return digest.digest(second);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has " + algorithm, e);
    }
  }
}
