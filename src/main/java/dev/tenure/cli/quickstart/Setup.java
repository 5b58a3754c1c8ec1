package dev.tenure.cli.quickstart;

import dev.tenure.config.Secret;
import dev.tenure.database.PrivateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/// The files that the quickstart writes into the data directory: the configuration, and the secrets
/// that it refers to. What is there is kept: secrets are used again, and a configuration that
/// somebody changed is set aside.
final class Setup {
  private static final int SECRET_BYTES = 32;
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private final Path data;

  Setup(Path data) {
    this.data = data;
  }

  /// Whose people, and about how many.
  record Choice(People people, int size) {}

  /// The written configuration, and where the one went that was there before and was another.
  record Written(Path config, Optional<Path> former) {}

  /// Writes `tenure.yaml` and its secrets.
  Written write(Choice choice, int port) {
    secret("workplace-token");
    var config = data.resolve("tenure.yaml");
    var text = Template.configuration(choice.people(), port, choice.size());
    try {
      var former = Files.exists(config) ? setAside(config, text) : Optional.<Path>empty();
      PrivateFile.write(config, text.getBytes(StandardCharsets.UTF_8));
      return new Written(config, former);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Only the port of what we wrote ourselves may differ without anything being lost.
  private static Optional<Path> setAside(Path config, String text) throws IOException {
    var port = "(?m)^  port: \\d+$|ldap://127\\.0\\.0\\.1:\\d+ *";
    var there = Files.readString(config);
    if (there.replaceAll(port, "").equals(text.replaceAll(port, ""))) return Optional.empty();
    int number = 1;
    while (Files.exists(former(config, number))) number++;
    return Optional.of(Files.move(config, former(config, number)));
  }

  private static Path former(Path config, int number) {
    return config.resolveSibling(config.getFileName() + "." + number);
  }

  /// The secret of this name, made where there is none yet (mode 0600).
  Secret secret(String name) {
    var folder = data.resolve("secrets");
    var file = folder.resolve(name);
    try {
      Files.createDirectories(folder, OWNER_ONLY);
      if (!Files.exists(file)) {
        var bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        var text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        PrivateFile.write(file, text.getBytes(StandardCharsets.UTF_8));
      }
      return new Secret(Files.readString(file).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
