package dev.tenure.organization.store;

import java.util.HashMap;
import java.util.Map;

/// The parameters of a statement in the making; `prefix` tells them from those of other parts.
final class Bindings {
  private final Map<String, Object> values = new HashMap<>();
  private final String prefix;
  private int aliases;

  Bindings(String prefix) {
    this.prefix = prefix;
  }

  /// Binds a value; gives the text that stands for it.
  String bind(Object value) {
    var name = prefix + values.size();
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
