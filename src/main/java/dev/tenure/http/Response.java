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

  private Response(int status, List<Map.Entry<String, String>> fields, byte[] body) {
    this.status = status;
    this.fields = List.copyOf(fields);
    this.body = body;
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
    var more = new ArrayList<>(fields);
    more.add(Map.entry(name, value.replace('\r', ' ').replace('\n', ' ')));
    return new Response(status, more, body);
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

  /// The bytes themselves, for reading only.
  public byte[] body() {
    return body;
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
