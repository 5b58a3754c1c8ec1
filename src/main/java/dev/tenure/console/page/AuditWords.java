package dev.tenure.console.page;

import dev.tenure.console.Words;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The details of an audit entry as people read them: `role Agent · seatsFreed CX1`.
final class AuditWords {
  private static final int LENGTH_MAX = 600;

  private AuditWords() {}

  static String of(JsonNode detail) {
    var words = new ArrayList<String>();
    for (var member : detail.properties()) {
      var value =
          member.getKey().equals("reasons") ? reasons(member.getValue()) : text(member.getValue());
      if (!value.isEmpty()) words.add(member.getKey() + " " + value);
    }
    return Words.cut(String.join(" · ", words), LENGTH_MAX);
  }

  private static String text(JsonNode value) {
    if (value.isArray()) {
      return String.join(", ", value.valueStream().map(AuditWords::text).toList());
    }
    return value.isObject() ? of(value) : value.asString("");
  }

  /// `department 'Sales' → 'Service' (department)`.
  private static String reasons(JsonNode reasons) {
    List<String> words = new ArrayList<>();
    for (var reason : reasons) {
      var attribute = Words.attribute(reason.path("attribute").asString(""));
      var because = reason.path("because").asString("");
      words.add(
          attribute.isEmpty()
              ? because
              : "%s '%s' → '%s' (%s)"
                  .formatted(
                      attribute,
                      reason.path("before").asString(""),
                      reason.path("after").asString(""),
                      because));
    }
    return String.join("; ", words);
  }
}
