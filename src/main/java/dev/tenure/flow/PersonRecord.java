package dev.tenure.flow;

import dev.tenure.id.PersonKey;
import dev.tenure.source.Person;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A person as JSON: `{"attributes": {name: [value]}, "groups": {name: [path]}, "disabled": true}`.
/// The same person has the same text.
public final class PersonRecord {
  private static final int TEXT_USUAL = 1_024;

  private PersonRecord() {}

  public static String text(Person person) {
    var text = new StringWriter(TEXT_USUAL);
    try (var out = JsonMapper.shared().createGenerator(text)) {
      out.writeStartObject();
      put(out, "attributes", person.attributes());
      put(out, "groups", person.groups());
      if (person.disabled()) out.writeBooleanProperty("disabled", true);
      out.writeEndObject();
    }
    return text.toString();
  }

  private static void put(JsonGenerator out, String name, Map<String, List<String>> lists) {
    if (lists.isEmpty()) return;
    out.writeObjectPropertyStart(name);
    for (var list : lists.entrySet()) {
      out.writeArrayPropertyStart(storable(list.getKey()));
      for (var value : list.getValue()) out.writeString(storable(value));
      out.writeEndArray();
    }
    out.writeEndObject();
  }

  /// PostgreSQL keeps no NUL, and nobody keeps half a character.
  public static String storable(String text) {
    if (isPlain(text)) return text;
    return text.codePoints()
        .map(c -> c == 0 || isHalf(c) ? '\uFFFD' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /// Whether each character is one, and none is NUL. Asked of every text.
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || Character.isSurrogate(c)) return false;
    }
    return true;
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
