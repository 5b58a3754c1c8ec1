package dev.tenure.source.ldap;

import dev.tenure.config.Configuration;
import dev.tenure.testkit.Samba;
import dev.tenure.testkit.Slapd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.Map;

/// Sources as a configuration describes them.
final class Sections {
  static final Map<String, String> ENVIRONMENT =
      Map.of("PASSWORD", Samba.PASSWORD, "SLAPD_PASSWORD", Slapd.PASSWORD);

  private Sections() {}

  /// The source of this section `ldap`; `${env:…}` is looked up in `environment`.
  static LdapSource source(String yaml, Map<String, String> environment, InstantSource clock) {
    return new LdapSource(config("ldap:\n" + yaml.indent(2), environment, "ldap"), clock);
  }

  static LdapSource source(String yaml) {
    return source(yaml, ENVIRONMENT, InstantSource.system());
  }

  /// The section at this way of names in a configuration.
  static LdapConfig config(String yaml, Map<String, String> environment, String... way) {
    try {
      var file = Files.createTempFile("tenure", ".yaml");
      Files.writeString(file, yaml);
      var configuration = Configuration.load(file, environment::get);
      var section = configuration.root();
      for (var name : way) section = section.section(name).orElseThrow();
      var config = LdapConfig.read(section, configuration.resolver());
      Files.delete(file);
      return config;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
