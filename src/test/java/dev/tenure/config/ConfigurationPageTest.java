package dev.tenure.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// `docs/configuration.md` and the schema tell of the same keys with the same words, up to where a
/// sentence of either goes into details.
class ConfigurationPageTest {
  private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\| (.*) \\| .* \\| .* \\|");
  private static final Pattern LINK = Pattern.compile("\\[([^]]*)]\\([^)]*\\)");

  @Test
  void rowsAndKeysAreTheSame() throws IOException {
    var rows = new TreeSet<String>();
    for (var line : Files.readAllLines(Path.of("docs/configuration.md"))) {
      var row = ROW.matcher(line);
      if (row.matches()) rows.add(row.group(1) + ": " + stem(row.group(2)));
    }
    assertThat(rows).isEqualTo(keys(SchemaCheck.schema(), new TreeSet<>()));
  }

  private static String stem(String words) {
    var plain = LINK.matcher(words).replaceAll("$1").replace("`", "").replace("\\|", "|");
    return plain.split("[.;:]", 2)[0].strip();
  }

  private static Set<String> keys(JsonNode node, Set<String> keys) {
    node.path("properties")
        .properties()
        .forEach(property -> {
          var description = property.getValue().path("description");
          if (description.isString()) {
            keys.add(property.getKey() + ": " + stem(description.asString()));
          }
        });
    node.forEach(below -> keys(below, keys));
    return keys;
  }
}
