package dev.tenure.source;

import dev.tenure.id.PersonKey;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// A person as the source has them at one time.
///
/// `attributes` are by the names of the [SourceSchema], each with its values in the source's order;
/// an attribute without a value is missing. `groups` gives for each group that the person belongs
/// to, directly or through others, the path from the group that has them directly to the named one
/// (both included): `{All Staff: [Sales, EMEA, All Staff]}`. `disabled`: the source says that this
/// person must not have access.
public record Person(
    PersonKey key,
    SortedMap<String, List<String>> attributes,
    SortedMap<String, List<String>> groups,
    boolean disabled) {

  public Person {
    attributes = new TreeMap<>(attributes);
    groups = new TreeMap<>(groups);
  }

  public Person(
      PersonKey key,
      Map<String, List<String>> attributes,
      Map<String, List<String>> groups,
      boolean disabled) {
    this(key, new TreeMap<>(attributes), new TreeMap<>(groups), disabled);
  }

  /// The first value, or an empty string.
  public String first(String attribute) {
    var values = attributes.getOrDefault(attribute, List.of());
    return values.isEmpty() ? "" : values.getFirst();
  }
}
