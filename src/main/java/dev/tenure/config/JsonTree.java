package dev.tenure.config;

import dev.tenure.config.Value.Items;
import dev.tenure.config.Value.Mapping;
import dev.tenure.config.Value.Scalar;
import java.math.BigInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// The file's values as JSON, for the validator.
final class JsonTree {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int HEX = 16;
  private static final int OCTAL = 8;

  private JsonTree() {}

  static JsonNode of(Value value) {
    return switch (value) {
      case Mapping m -> {
        var object = JSON.objectNode();
        m.entries().forEach((key, entry) -> object.set(key, of(entry.value())));
        yield object;
      }
      case Items items -> {
        var array = JSON.arrayNode();
        for (var item : items.values()) array.add(of(item));
        yield array;
      }
      case Scalar s -> scalar(s);
    };
  }

  private static JsonNode scalar(Scalar s) {
    return switch (s.kind()) {
      case TEXT -> JSON.stringNode(s.text());
      case EMPTY -> JSON.nullNode();
      case FLAG -> JSON.booleanNode(s.text().equalsIgnoreCase("true"));
      case WHOLE -> JSON.numberNode(whole(s.text()));
      case NUMBER -> JSON.numberNode(Double.parseDouble(s.text()));
    };
  }

  private static BigInteger whole(String text) {
    if (text.startsWith("0x")) return new BigInteger(text.substring(2), HEX);
    if (text.startsWith("0o")) return new BigInteger(text.substring(2), OCTAL);
    return new BigInteger(text);
  }
}
