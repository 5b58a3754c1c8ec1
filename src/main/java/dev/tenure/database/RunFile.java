package dev.tenure.database;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// `tenure.run`: one JSON object that tells who owns the data directory. A hint only: the lock
/// decides.
record RunFile(Path file) {
  private static final JsonFactory JSON = new JsonFactory();

  void write(Attachment owner) {
    var bytes = new ByteArrayOutputStream();
    try (var json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      json.writeNumberProperty("pid", owner.pid());
      json.writeStringProperty("command", owner.command());
      json.writeStringProperty("since", owner.since().toString());
      json.writeNumberProperty("databasePort", owner.databasePort());
      json.writeStringProperty("httpHost", owner.httpHost());
      json.writeNumberProperty("httpPort", owner.httpPort());
      json.writeEndObject();
    }
    PrivateFile.write(file, bytes.toByteArray());
  }

  /// Empty where there is none, or one that makes no sense.
  Optional<Attachment> read() {
    try {
      return Optional.of(parse(Files.readAllBytes(file)));
    } catch (IOException | JacksonException | DateTimeException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Attachment parse(byte[] bytes) {
    var values = new HashMap<String, String>();
    try (var json = JSON.createParser(ObjectReadContext.empty(), bytes)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        var name = json.currentName();
        json.nextToken();
        values.put(name, json.getString());
      }
    }
    return new Attachment(
        Long.parseLong(values.getOrDefault("pid", "")),
        values.getOrDefault("command", ""),
        Instant.parse(values.getOrDefault("since", "")),
        Integer.parseInt(values.getOrDefault("databasePort", "0")),
        values.getOrDefault("httpHost", ""),
        Integer.parseInt(values.getOrDefault("httpPort", "0")));
  }
}
