package dev.tenure.config;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/// Checks a file against the published JSON Schema (draft 2020-12).
final class SchemaCheck {
  private static final String SCHEMA = "tenure.schema.json";

  private final JsonNode source;
  private final Schema schema;

  /// Loads the validator, the slowest part of reading a configuration.
  SchemaCheck() {
    var config = SchemaRegistryConfig.builder().preloadSchema(false).build();
    source = schema();
    schema =
        SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, b -> b.schemaRegistryConfig(config))
            .getSchema(source);
  }

  List<Finding> of(Document document) {
    List<Error> errors = schema.validate(JsonTree.of(document.root()));
    var words = new SchemaWording(source, document);
    return errors.stream().map(words::finding).distinct().toList();
  }

  /// The schema, read as the YAML that all JSON is: Jackson's mapper, which nothing else here
  /// needs, would take longer to load than the check itself.
  static JsonNode schema() {
    try (var in = SchemaCheck.class.getResourceAsStream(SCHEMA)) {
      var bytes = Objects.requireNonNull(in, SCHEMA).readAllBytes();
      var yaml = new YamlFile(Path.of(SCHEMA));
      var root = yaml.compose(new String(bytes, StandardCharsets.UTF_8)).orElseThrow();
      return JsonTree.of(new Tree(yaml, new Findings()).of(root, ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
