package dev.tenure.source.scim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// Where a value stands in a user: in an extension where `schema` is given, in a part of a complex
/// attribute where `sub` is, only in the elements of a `type` where that is.
record AttributePath(String schema, String attribute, String sub, String type) {
  /// `title`, `name.middleName`, `urn:example:User:costCentre`, `urn:example:User:badge.number`.
  static AttributePath parse(String text) {
    int colon = text.toLowerCase(Locale.ROOT).startsWith("urn:") ? text.lastIndexOf(':') : -1;
    var schema = colon < 0 ? "" : text.substring(0, colon);
    var rest = text.substring(colon + 1);
    // The version in a URN has a point: `…:2.0:User:costCentre` was cut behind it already.
    int point = rest.indexOf('.');
    return new AttributePath(
        schema,
        point < 0 ? rest : rest.substring(0, point),
        point < 0 ? "" : rest.substring(point + 1),
        "");
  }

  AttributePath part(String part) {
    return new AttributePath(schema, attribute, part, type);
  }

  AttributePath ofType(String some) {
    return new AttributePath(schema, attribute, sub, some);
  }

  /// The values, a primary one first.
  List<String> values(JsonNode user) {
    var holder = schema.isEmpty() ? user : Members.get(user, schema);
    var values = new ArrayList<String>();
    for (var element : Members.elements(Members.get(holder, attribute))) {
      if (!type.isEmpty() && !Members.text(element, "type").equalsIgnoreCase(type)) continue;
      var text = Members.text(element.isObject() ? Members.get(element, part()) : element);
      if (text.isEmpty()) continue;
      if (Members.text(element, "primary").equalsIgnoreCase("true")) values.addFirst(text);
      else values.add(text);
    }
    return values;
  }

  private String part() {
    return sub.isEmpty() ? "value" : sub;
  }
}
