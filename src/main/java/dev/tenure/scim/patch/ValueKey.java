package dev.tenure.scim.patch;

import dev.tenure.scim.schema.Attribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What makes two values of an attribute the same one (RFC 7643 §2.4): all its text, such as value
/// and type, but not how it is shown or weighed (`display`, `primary`, a proficiency), nor what is
/// concealed and so cannot be compared.
public final class ValueKey {
  private static final Set<String> DECORATION = Set.of("display", "$ref");

  private ValueKey() {}

  /// A key that is equal for the same value. Letter case counts as the schema has it.
  public static Object of(Attribute attribute, JsonNode value) {
    if (!value.isObject()) return folded(attribute, value);
    var key = new ArrayList<Object>();
    attribute.subAttributes().stream()
        .filter(s -> isIdentifying(s) && value.hasNonNull(s.name()))
        .forEach(s -> key.add(List.of(s.name(), folded(s, value.path(s.name())))));
    return key.isEmpty() ? value : key;
  }

  private static boolean isIdentifying(Attribute sub) {
    if (sub.isConcealed()) return false;
    return switch (sub.type()) {
      case STRING, REFERENCE, BINARY, DATE_TIME -> !DECORATION.contains(sub.name());
      case BOOLEAN, DECIMAL, INTEGER, COMPLEX -> false;
    };
  }

  private static Object folded(Attribute attribute, JsonNode value) {
    if (!value.isString() || attribute.type() == Attribute.Type.BINARY || attribute.caseExact())
      return value;
    return value.stringValue().toLowerCase(Locale.ROOT);
  }
}
