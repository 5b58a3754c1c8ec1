package dev.tenure.organization.store;

import java.util.HashMap;
import java.util.Map;

/// The parameters of a statement in the making.
final class Bindings {
  private final Map<String, Object> values = new HashMap<>();
  private int aliases;

  /// Binds a value; gives the text that stands for it.
  String bind(Object value) {
    var name = "f" + values.size();
    values.put(name, value);
    return ":" + name;
  }

  /// A name that no other part of the statement has.
  String alias() {
    return "e" + aliases++;
  }

  Map<String, Object> values() {
    return values;
  }
}
