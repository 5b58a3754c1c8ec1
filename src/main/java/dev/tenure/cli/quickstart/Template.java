package dev.tenure.cli.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The texts that the quickstart's configuration is made from.
final class Template {
  private Template() {}

  /// The configuration for these people, with the port that the organizations are served at.
  static String configuration(People people, int port) {
    var lines = people.lines();
    return text("tenure.yaml")
        .replace("@port@", Integer.toString(port))
        .replace("@seats@", "600")
        .replace("@source@", String.join("\n", lines.source()))
        .replace("@scope@", String.join("\n", lines.scope()))
        .replace("@map@", String.join("\n", lines.map()));
  }

  static List<String> lines(String resource) {
    return text(resource).lines().toList();
  }

  /// As a double-quoted YAML scalar.
  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String text(String resource) {
    try (var in = Template.class.getResourceAsStream(resource)) {
      if (in == null) throw new IllegalStateException("no resource " + resource);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
