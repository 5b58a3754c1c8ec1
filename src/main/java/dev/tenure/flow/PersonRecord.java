package dev.tenure.flow;

import dev.tenure.id.PersonKey;
import dev.tenure.source.Person;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A person as JSON: `{"attributes": {name: [value]}, "groups": {name: [path]}, "disabled": true}`.
/// The same person has the same text.
public final class PersonRecord {
  private PersonRecord() {}

  public static String text(Person person) {
    var record = JsonNodeFactory.instance.objectNode();
    person.attributes().forEach((n, values) -> put(record.withObject("attributes"), n, values));
    person.groups().forEach((name, path) -> put(record.withObject("groups"), name, path));
    if (person.disabled()) record.put("disabled", true);
    return record.toString();
  }

  private static void put(ObjectNode into, String name, List<String> values) {
    var array = into.putArray(storable(name));
    values.forEach(value -> array.add(storable(value)));
  }

  /// PostgreSQL keeps no NUL, and nobody keeps half a character.
  public static String storable(String text) {
    if (text.chars().noneMatch(c -> c == 0 || Character.isSurrogate((char) c))) return text;
    return text.codePoints()
        .map(c -> c == 0 || isHalf(c) ? '\uFFFD' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isHalf(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  /// The person that such a text tells of.
  public static Person read(PersonKey key, String text) {
    var record = JsonMapper.shared().readTree(text);
    return new Person(
        key,
        lists(record.path("attributes")),
        lists(record.path("groups")),
        record.path("disabled").asBoolean(false));
  }

  private static Map<String, List<String>> lists(JsonNode node) {
    var lists = new TreeMap<String, List<String>>();
    for (var member : node.properties()) {
      var values = new ArrayList<String>();
      member.getValue().forEach(value -> values.add(value.stringValue()));
      lists.put(member.getKey(), values);
    }
    return lists;
  }

  /// 128 bits that differ where the texts do.
  public static UUID digest(String text) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      var bytes = ByteBuffer.wrap(hash);
      return new UUID(bytes.getLong(), bytes.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
