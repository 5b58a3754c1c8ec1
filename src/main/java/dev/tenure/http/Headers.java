package dev.tenure.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The header fields of a request, by name in any letter case (RFC 9110 §5.1).
public record Headers(Map<String, List<String>> fields) {
  public Headers {
    var byName = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    byName.putAll(fields);
    fields = byName;
  }

  /// The first value of this name.
  public Optional<String> first(String name) {
    return Optional.ofNullable(fields.get(name)).map(List::getFirst);
  }
}
