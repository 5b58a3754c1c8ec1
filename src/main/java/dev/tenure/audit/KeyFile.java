package dev.tenure.audit;

import dev.tenure.database.PrivateFile;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The key that signs: the file `audit.key` of the data directory, mode 0600. It is not in the
/// database, so that who can write there cannot sign. Its public half is, for everybody to read.
///
/// A rotation overwrites the secret: nobody can sign with it later. The public half stays.
public final class KeyFile {
  private static final String NAME = "audit.key";
  private static final Pattern SECRET =
      Pattern.compile(
          "-----BEGIN PRIVATE KEY-----\\n([A-Za-z0-9+/=\\n]*)-----END PRIVATE KEY-----");

  private final Path file;
  private final ChainStore store;
  private final Clock clock;
  private Optional<Read> read = Optional.empty();

  /// `data`: the data directory.
  public KeyFile(Path data, ChainStore store, Clock clock) {
    this.file = data.resolve(NAME);
    this.store = store;
    this.clock = clock;
  }

  private record Read(SigningKey key, FileTime modified) {}

  boolean exists() {
    return Files.exists(file);
  }

  /// The key that is in the file now; made where there is none. Throws [Problem.Found] with
  /// `DATA_DAMAGED` where the file is not a key.
  synchronized SigningKey current() {
    try {
      if (!Files.exists(file)) return make();
      var modified = Files.getLastModifiedTime(file);
      if (read.isEmpty() || !read.get().modified().equals(modified)) {
        var key = parse(Files.readString(file)).orElseThrow(() -> damaged().found());
        store.add(key.open());
        read = Optional.of(new Read(key, modified));
      }
      return read.get().key();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Makes a new key in the place of the one that is there.
  synchronized SigningKey rotate() {
    var old = current();
    var made = make();
    store.retire(old.id(), clock.instant().truncatedTo(ChronoUnit.SECONDS));
    return made;
  }

  private SigningKey make() {
    var pair = SigningKey.generate();
    var made = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    var entry = new PublicKeys.Entry(pair.getPublic().getEncoded(), made, Optional.empty());
    var secret =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n";
    var text = secret + new PublicKeys(java.util.List.of(entry)).text();
    // Known to everybody before anything is signed with it.
    store.add(entry);
    PrivateFile.write(file, Hash.utf8(text));
    read = Optional.empty();
    return new SigningKey(pair.getPrivate(), entry);
  }

  private static Optional<SigningKey> parse(String text) {
    var secret = SECRET.matcher(text);
    var open = PublicKeys.read(text);
    if (!secret.find() || open.isEmpty()) return Optional.empty();
    try {
      return Optional.of(new SigningKey(decode(secret.group(1)), open.get().entries().getFirst()));
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static PrivateKey decode(String base64) throws GeneralSecurityException {
    var encoded = Base64.getMimeDecoder().decode(base64);
    return KeyFactory.getInstance(SigningKey.ALGORITHM)
        .generatePrivate(new PKCS8EncodedKeySpec(encoded));
  }

  private Problem damaged() {
    return new Problem(
        Code.DATA_DAMAGED,
        "the key that signs the audit log cannot be read",
        Map.of("file", file.toString()),
        "restore it from a backup; or move it away, and a new one is made");
  }
}
