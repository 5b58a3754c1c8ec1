package dev.tenure.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class SchemaTest {
  private final JsonNode schema = SchemaCheck.schema();

  @Test
  void theSchemaIsJson() throws IOException {
    try (var in = SchemaCheck.class.getResourceAsStream("tenure.schema.json")) {
      var json = new ObjectMapper().readTree(in);
      assertThat(schema.toString()).isEqualTo(json.toString());
    }
  }

  @Test
  void everyPropertyHasADescription() {
    var without = new ArrayList<String>();
    properties()
        .forEach((name, p) -> {
          if (!p.has("description")) without.add(name);
        });
    assertThat(without).isEmpty();
    assertThat(properties()).hasSizeGreaterThan(60);
  }

  @Test
  void whereKeysAreFixedOthersAreRefused() {
    var open = new ArrayList<String>();
    eachObject(
        schema,
        "",
        (way, node) -> {
          if (node.path("properties").isObject() && !way.endsWith("/properties")) {
            if (!node.path("additionalProperties").isBoolean()) open.add(way);
          }
        });
    assertThat(open).isEmpty();
  }

  @Test
  void schemaAndReadersUseTheSameWords() {
    var names =
        Map.of(
            "text",
            Form.TEXT,
            "count",
            Form.COUNT,
            "duration",
            Form.DURATION,
            "share",
            Form.SHARE,
            "flag",
            Form.FLAG,
            "secret",
            Form.SECRET);
    names.forEach((name, form) -> {
      var node = schema.path("$defs").path(name);
      assertThat(node.path("title").asString()).isEqualTo(form.title());
      assertThat(node.path("$comment").asString()).isEqualTo(form.remedy());
    });
  }

  @Test
  void whatMayBeWrongSaysWhatIsExpected() {
    var mute = new ArrayList<String>();
    eachObject(
        schema,
        "",
        (way, node) -> {
          boolean checks =
              node.path("type").isString() || node.path("type").isArray() || node.has("pattern");
          if (checks && !(node.has("title") && node.has("$comment"))) mute.add(way);
        });
    assertThat(mute).isEmpty();
  }

  @Test
  void defaultsAreValidValues() {
    var bad = new ArrayList<String>();
    properties()
        .forEach((name, p) -> {
          var value = p.path("default");
          var form = p.path("$ref").asString("");
          boolean good =
              switch (form) {
                case "#/$defs/duration" -> Units.duration(value.asString("1s")).isPresent();
                case "#/$defs/share" -> Units.share(value.asString("1")).isPresent();
                default ->
                    !p.has("enum")
                        || value.isMissingNode()
                        || p.path("enum").valueStream().anyMatch(value::equals);
              };
          if (!good) bad.add(name);
        });
    assertThat(bad).isEmpty();
  }

  @Test
  void theReferenceNamesEveryKey() throws IOException {
    var text = Files.readString(Path.of("docs/configuration.md"));
    Set<String> missing = new TreeSet<>();
    properties()
        .forEach((name, p) -> {
          var key = name.substring(name.lastIndexOf('/') + 1);
          if (!text.contains("`" + key + "`")) missing.add(key);
          var value = p.path("default");
          if (value.isString() && !text.contains("`" + value.asString() + "`"))
            missing.add(key + " = " + value.asString());
        });
    assertThat(missing).isEmpty();
  }

  /// All properties by their way in the schema.
  private Map<String, JsonNode> properties() {
    var all = new java.util.TreeMap<String, JsonNode>();
    eachObject(
        schema,
        "",
        (way, node) -> {
          if (way.replaceFirst("/[^/]*$", "").endsWith("/properties")) all.put(way, node);
        });
    return all;
  }

  private interface Visitor {
    void visit(String way, JsonNode node);
  }

  private static void eachObject(JsonNode node, String way, Visitor visitor) {
    if (!node.isObject()) return;
    visitor.visit(way, node);
    for (var name : List.copyOf(node.propertyNames())) {
      if (!name.equals("default")) eachObject(node.path(name), way + "/" + name, visitor);
    }
  }
}
