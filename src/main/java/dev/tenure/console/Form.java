package dev.tenure.console;

import dev.tenure.config.Secret;
import dev.tenure.http.Query;
import dev.tenure.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// The fields of a form that was sent.
public final class Form {
  private static final int BYTES_MAX = 1 << 20;
  private static final String TYPE = "application/x-www-form-urlencoded";
  private final Query fields;

  private Form(Query fields) {
    this.fields = fields;
  }

  static Form none() {
    return new Form(Query.parse(""));
  }

  static Form of(Request request) {
    boolean form = request.header("Content-Type").filter(t -> t.startsWith(TYPE)).isPresent();
    if (!form) return none();
    return new Form(Query.parse(new String(request.body(BYTES_MAX), StandardCharsets.UTF_8)));
  }

  /// The first value of a field; absent where it is blank.
  public Optional<String> text(String name) {
    return fields.first(name).map(String::strip).filter(value -> !value.isEmpty());
  }

  /// All values of a field.
  public List<String> all(String name) {
    return fields.values().getOrDefault(name, List.of());
  }

  /// The names of all fields.
  public List<String> names() {
    return List.copyOf(fields.values().keySet());
  }

  /// A password as it was typed; empty where there is none.
  public Secret secret(String name) {
    return new Secret(fields.first(name).orElse(""));
  }
}
