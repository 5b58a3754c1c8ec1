package dev.tenure.audit;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The public keys with which checkpoints are verified.
///
/// As text: for each key the lines `Key:`, `Made:` and, when another one took its place,
/// `Retired:`, and then the key in PEM (RFC 7468 §13), which is all that other programs read of it.
public record PublicKeys(List<Entry> entries) {
  /// A node learns of a new key a moment after it was made, and clocks differ.
  private static final Duration OVERLAP = Duration.ofDays(1);

  private static final int ID_CHARACTERS = 16;
  private static final Pattern BLOCK =
      Pattern.compile(
          "(?:Key: .*\\n)?Made: (?<made>.*)\\n(?:Retired: (?<retired>.*)\\n)?"
              + "-----BEGIN PUBLIC KEY-----\\n(?<key>[A-Za-z0-9+/=\\n]*)-----END PUBLIC KEY-----");

  public PublicKeys {
    entries = List.copyOf(entries);
  }

  /// One key, `encoded` as SubjectPublicKeyInfo.
  @SuppressWarnings("ArrayRecordComponent") // compared by id
  public record Entry(byte[] encoded, Instant made, Optional<Instant> retired) {
    /// The first 16 hexadecimal digits of the key's SHA-256.
    public String id() {
      return Hash.of(encoded).toString().substring(0, ID_CHARACTERS);
    }

    private boolean coversTimeOf(Checkpoint checkpoint) {
      return !checkpoint.at().isBefore(made.minus(OVERLAP))
          && retired.map(r -> checkpoint.at().isBefore(r.plus(OVERLAP))).orElse(true);
    }
  }

  /// Reads the text form; absent where it has no key, or one that is none.
  public static Optional<PublicKeys> read(String text) {
    var entries = new ArrayList<Entry>();
    var blocks = BLOCK.matcher(text.replace("\r", ""));
    try {
      while (blocks.find()) {
        var encoded = Base64.getMimeDecoder().decode(blocks.group("key"));
        decode(encoded);
        var retired = Optional.ofNullable(blocks.group("retired")).map(Instant::parse);
        entries.add(new Entry(encoded, Instant.parse(blocks.group("made")), retired));
      }
    } catch (DateTimeParseException | IllegalArgumentException | GeneralSecurityException _) {
      return Optional.empty();
    }
    return entries.isEmpty() ? Optional.empty() : Optional.of(new PublicKeys(entries));
  }

  /// The text form.
  public String text() {
    var text = new StringBuilder();
    for (var entry : entries) {
      text.append("Key: ").append(entry.id()).append('\n');
      text.append("Made: ").append(entry.made()).append('\n');
      entry.retired().ifPresent(at -> text.append("Retired: ").append(at).append('\n'));
      text.append("-----BEGIN PUBLIC KEY-----\n")
          .append(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(entry.encoded()))
          .append("\n-----END PUBLIC KEY-----\n\n");
    }
    return text.toString();
  }

  /// What is wrong with the signature; absent where it is right.
  Optional<String> objection(Checkpoint checkpoint) {
    var found = entries.stream().filter(e -> e.id().equals(checkpoint.key())).findFirst();
    if (found.isEmpty()) {
      return Optional.of("is signed with the key " + checkpoint.key() + ", which is not known");
    }
    if (!found.get().coversTimeOf(checkpoint)) {
      return Optional.of("is signed with a key that was not in use then");
    }
    return verify(found.get().encoded(), checkpoint)
        ? Optional.empty()
        : Optional.of("has a signature that is wrong");
  }

  private static boolean verify(byte[] key, Checkpoint checkpoint) {
    try {
      var signature = Signature.getInstance(SigningKey.ALGORITHM);
      signature.initVerify(decode(key));
      signature.update(checkpoint.content());
      return signature.verify(HexFormat.of().parseHex(checkpoint.signature()));
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      return false;
    }
  }

  private static PublicKey decode(byte[] encoded) throws GeneralSecurityException {
    return KeyFactory.getInstance(SigningKey.ALGORITHM)
        .generatePublic(new X509EncodedKeySpec(encoded));
  }
}
