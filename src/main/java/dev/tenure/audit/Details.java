package dev.tenure.audit;

import java.util.HexFormat;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The part of a row that may tell of a person. The chain has it as a commitment only, a hash with
/// 128 bits of chance in it (`salt`, hexadecimal): where the salt is gone, nobody can find out by
/// trying what was committed to.
public record Details(String salt, String subject, Optional<String> person, JsonNode detail) {
  static final int SALT_BYTES = 16;

  /// Throws [IllegalArgumentException] for anything but 32 lower-case hexadecimal digits.
  public Details {
    if (!salt.matches("[0-9a-f]{32}")) throw new IllegalArgumentException("no salt: " + salt);
  }

  Hash commitment() {
    var content = JsonNodeFactory.instance.arrayNode().add(subject);
    person.ifPresentOrElse(content::add, content::addNull);
    return Hash.of(HexFormat.of().parseHex(salt), Hash.utf8(Canonical.text(content.add(detail))));
  }

  /// Adds what it has to a line of an export.
  void render(ObjectNode line) {
    line.put("salt", salt).put("subject", subject);
    person.ifPresent(p -> line.put("person", p));
    line.set("detail", detail);
  }
}
