package dev.tenure.audit;

import dev.tenure.audit.Checkpoint.Purpose;
import dev.tenure.audit.SealedRow.Heading;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// A line of an export: canonical JSON, so that a line has one form only.
sealed interface ExportLine {
  record Row(SealedRow row) implements ExportLine {}

  record Signed(Checkpoint checkpoint) implements ExportLine {}

  /// Nothing that an export has.
  record Strange() implements ExportLine {}

  /// Reads a line of the export of this log. A line that says the same in other characters is
  /// strange too.
  static ExportLine read(byte[] line, String log) {
    try {
      var json = AuditJson.read(line);
      var read = json.path("kind").asString("").equals("row") ? row(json, log) : signed(json);
      return java.util.Arrays.equals(Hash.utf8(read.text()), line) ? read : new Strange();
    } catch (JacksonException | IllegalArgumentException | DateTimeException _) {
      return new Strange();
    }
  }

  /// Its characters, without a line break.
  default String text() {
    return switch (this) {
      case Row(var row) -> Canonical.text(row.render());
      case Signed(var checkpoint) -> Canonical.text(checkpoint.render());
      case Strange() -> "";
    };
  }

  private static Row row(JsonNode json, String log) {
    var heading =
        new Heading(
            log,
            number(json, "id"),
            Instant.parse(text(json, "at")),
            text(json, "actor"),
            text(json, "action"),
            text(json, "correlation"));
    return new Row(
        new SealedRow(
            heading,
            number(json, "seq"),
            Hash.ofHex(text(json, "commitment")),
            Hash.ofHex(text(json, "hash")),
            json.has("erased") ? Optional.empty() : Optional.of(details(json))));
  }

  private static Details details(JsonNode json) {
    var person = json.has("person") ? Optional.of(text(json, "person")) : Optional.<String>empty();
    if (!json.has("detail")) throw new IllegalArgumentException("no detail");
    return new Details(text(json, "salt"), text(json, "subject"), person, json.path("detail"));
  }

  private static Signed signed(JsonNode json) {
    var purpose =
        switch (text(json, "kind")) {
          case "export" -> Purpose.EXPORT;
          case "checkpoint" -> Purpose.CHECKPOINT;
          default -> throw new IllegalArgumentException("no such line");
        };
    return new Signed(
        new Checkpoint(
            purpose,
            text(json, "log"),
            number(json, "seq"),
            Hash.ofHex(text(json, "hash")),
            Hash.ofHex(text(json, "root")),
            purpose == Purpose.EXPORT ? number(json, "checkpoints") : 0,
            Instant.parse(text(json, "at")),
            text(json, "key"),
            signature(json)));
  }

  /// Capitals would be the same signature in other characters.
  private static String signature(JsonNode json) {
    var signature = text(json, "signature");
    if (!signature.matches("[0-9a-f]{128}")) throw new IllegalArgumentException("no signature");
    return signature;
  }

  private static String text(JsonNode json, String name) {
    if (!json.path(name).isString()) throw new IllegalArgumentException("no " + name);
    return json.path(name).stringValue();
  }

  private static long number(JsonNode json, String name) {
    var node = json.path(name);
    if (node.isIntegralNumber() && node.canConvertToLong()) return node.longValue();
    throw new IllegalArgumentException("no " + name);
  }
}
