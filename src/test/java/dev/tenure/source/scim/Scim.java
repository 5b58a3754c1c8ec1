package dev.tenure.source.scim;

import dev.tenure.config.Configuration;
import dev.tenure.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/// Sections `scim` of sources, read from a file as they are.
final class Scim {
  private Scim() {}

  /// `scim` is the inside of the section; `${env:TOKEN}` is the token.
  static ScimSourceConfig config(String scim, String token) {
    try {
      var file = Files.createTempFile("tenure", ".yaml");
      Files.writeString(file, "sources:\n  hub:\n    scim: {" + scim + "}\n");
      var configuration = Configuration.load(file, Map.of("TOKEN", token)::get);
      var section = configuration.root().sections("sources").values().iterator().next();
      var config = ScimSourceConfig.read(section.section("scim").orElseThrow());
      configuration.finish();
      Files.delete(file);
      return config;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> problems(String scim) {
    try {
      config(scim, "t");
      return List.of();
    } catch (Problem.Found e) {
      return e.problems().stream().map(Problem::line).toList();
    }
  }
}
