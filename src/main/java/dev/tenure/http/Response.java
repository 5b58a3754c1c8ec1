package dev.tenure.http;

import java.io.IOException;
import java.io.OutputStream;
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
  private final Optional<Stream> stream;
  private final Map<String, String> notes;

  private Response(
      int status, List<Map.Entry<String, String>> fields, byte[] body, Optional<Stream> stream) {
    this(new Sent(status, fields, body, stream), Map.of());
  }

  private Response(Sent sent, Map<String, String> notes) {
    this.status = sent.status();
    this.fields = List.copyOf(sent.fields());
    this.body = sent.body();
    this.stream = sent.stream();
    this.notes = notes;
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Sent(
      int status, List<Map.Entry<String, String>> fields, byte[] body, Optional<Stream> stream) {}

  /// Writes a body that is too large for the memory. Called once, when the client is there to read.
  @FunctionalInterface
  public interface Stream {
    void writeTo(OutputStream out) throws IOException;
  }

  /// Without a body.
  public static Response of(int status) {
    return new Response(status, List.of(), new byte[0], Optional.empty());
  }

  /// With a body in UTF-8 of this media type.
  public static Response of(int status, String mediaType, String body) {
    return new Response(
        status,
        List.of(Map.entry("Content-Type", mediaType)),
        body.getBytes(StandardCharsets.UTF_8),
        Optional.empty());
  }

  /// With these bytes as its body.
  public static Response bytes(int status, String mediaType, byte[] body) {
    return new Response(
        status, List.of(Map.entry("Content-Type", mediaType)), body, Optional.empty());
  }

  /// With a body that is written piece by piece. What goes wrong then ends the connection.
  public static Response streamed(int status, String mediaType, Stream body) {
    return new Response(
        status, List.of(Map.entry("Content-Type", mediaType)), new byte[0], Optional.of(body));
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
    return new Response(new Sent(status, all, body, stream), notes);
  }

  /// With what the audit log should have about this answer; it is never sent.
  public Response noting(Map<String, String> newNotes) {
    return new Response(new Sent(status, fields, body, stream), Map.copyOf(newNotes));
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

  boolean isStreamed() {
    return stream.isPresent();
  }

  void writeTo(OutputStream out) throws IOException {
    stream.orElseThrow().writeTo(out);
  }

  /// The bytes themselves, for reading only; empty where they are streamed.
  public byte[] body() {
    return body;
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
