package dev.tenure.database;

import dev.tenure.config.Secret;
import dev.tenure.config.Section;
import java.util.Locale;

/// Section `database`: which PostgreSQL to use. Where the section is missing, an embedded one is
/// run under the data directory.
public sealed interface DatabaseConfig {
  record Embedded() implements DatabaseConfig {}

  /// PostgreSQL 15 or newer. `url`: `jdbc:postgresql://host[:port]/database`, without a password.
  record External(String url, String user, Secret password) implements DatabaseConfig {}

  /// `root` is the whole file.
  static DatabaseConfig read(Section root) {
    return root.section("database")
        .<DatabaseConfig>map(DatabaseConfig::external)
        .orElse(embedded());
  }

  static DatabaseConfig embedded() {
    return new Embedded();
  }

  private static External external(Section section) {
    var url = section.text("url");
    section.require(
        !section.has("url") || url.startsWith("jdbc:postgresql://"),
        "url",
        "must be jdbc:postgresql://host/database");
    section.require(
        !url.toLowerCase(Locale.ROOT).contains("password="),
        "url",
        "must not hold the password: give it as ${env:NAME} under 'password'");
    return new External(url, section.text("user"), section.secret("password"));
  }
}
