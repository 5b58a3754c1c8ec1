package dev.tenure.cli.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// The texts that the quickstart's configuration is made from.
final class Template {
  private Template() {}

  /// Seats of each licence that are bought for a hundred people.
  private static final Map<String, Integer> SEATS = Map.of("CX1", 15, "CX2", 60, "CX3", 15);

  /// The configuration for these people, with the port that the organizations are served at; `size`
  /// is how many people there are about, for the seats that are bought.
  static String configuration(People people, int port, int size) {
    var lines = people.lines();
    return seats(size)
        .replace("@port@", Integer.toString(port))
        .replace("@source@", String.join("\n", lines.source()))
        .replace("@scope@", String.join("\n", lines.scope()))
        .replace("@map@", String.join("\n", lines.map()));
  }

  private static String seats(int size) {
    var text = text("tenure.yaml");
    for (var pool : SEATS.entrySet()) {
      var seats = Math.max(1, size * pool.getValue() / 100);
      text = text.replace("@" + pool.getKey() + "@", Integer.toString(seats));
    }
    return text;
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
