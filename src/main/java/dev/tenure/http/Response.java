package dev.tenure.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An answer: status, header fields, body. Immutable; each `with` gives a new one.
public final class Response {
  private final int status;
  private final List<Map.Entry<String, String>> fields;
  private final byte[] body;
  private final Map<String, String> notes;

  private Response(int status, List<Map.Entry<String, String>> fields, byte[] body) {
    this(status, fields, body, Map.of());
  }

  private Response(
      int status, List<Map.Entry<String, String>> fields, byte[] body, Map<String, String> notes) {
    this.status = status;
    this.fields = List.copyOf(fields);
    this.body = body;
    this.notes = notes;
  }

  /// Without a body.
  public static Response of(int status) {
    return new Response(status, List.of(), new byte[0]);
  }

  /// With a body in UTF-8 of this media type.
  public static Response of(int status, String mediaType, String body) {
    return new Response(
        status,
        List.of(Map.entry("Content-Type", mediaType)),
        body.getBytes(StandardCharsets.UTF_8));
  }

  /// `application/json`.
  public static Response json(int status, String body) {
    return of(status, "application/json", body);
  }

  /// With one more header field. Line breaks in the value become spaces.
  public Response with(String name, String value) {
    return with(List.of(Map.entry(name, value.replace('\r', ' ').replace('\n', ' '))));
  }

  /// With these header fields, whose values have no line breaks.
  public Response with(List<Map.Entry<String, String>> more) {
    var all = new ArrayList<Map.Entry<String, String>>(fields.size() + more.size());
    all.addAll(fields);
    all.addAll(more);
    return new Response(status, all, body, notes);
  }

  /// With what the audit log should have about this answer; it is never sent.
  public Response noting(Map<String, String> newNotes) {
    return new Response(status, fields, body, Map.copyOf(newNotes));
  }

  public int status() {
    return status;
  }

  public List<Map.Entry<String, String>> fields() {
    return fields;
  }

  /// The first value of this name, in any letter case.
  public Optional<String> field(String name) {
    return fields.stream()
        .filter(field -> field.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  public Map<String, String> notes() {
    return notes;
  }

  /// The bytes themselves, for reading only.
  public byte[] body() {
    return body;
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
