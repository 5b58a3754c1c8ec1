package dev.tenure.config;

import dev.tenure.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A configuration file that was read, and the problems found in it so far.
public final class Configuration {
  private static final Path BODY = Path.of("body");

  private final Section root;
  private final UnaryOperator<Path> resolver;
  private final Findings findings;
  private final CompletableFuture<List<Finding>> bySchema;

  private Configuration(
      Reading reading, UnaryOperator<Path> resolver, CompletableFuture<List<Finding>> bySchema) {
    this.root = new Section(reading, "", mapping(reading.document().root()));
    this.resolver = resolver;
    this.findings = reading.findings();
    this.bySchema = bySchema;
  }

  /// Reads and checks the file's shape. Throws [dev.tenure.problem.Problem.Found] only where it
  /// cannot be read or parsed at all; other problems wait for [#finish].
  ///
  /// `environment` gives the value of an environment variable, or null.
  public static Configuration load(Path file, Function<String, @Nullable String> environment) {
    // the validator takes longer to load than everything else: beside it
    var check = CompletableFuture.supplyAsync(SchemaCheck::new);
    var yaml = new YamlFile(file);
    var text = yaml.text();
    var findings = new Findings();
    var document = new Document(yaml.name(), text.lines().toList(), value(yaml, text, findings));
    return of(document, findings, new Origin(file, environment), check);
  }

  /// Where relative paths start, and who knows the variables.
  private record Origin(Path file, Function<String, @Nullable String> environment) {}

  private static Configuration of(
      Document document, Findings findings, Origin origin, CompletableFuture<SchemaCheck> check) {
    UnaryOperator<Path> resolver = path -> origin.file().resolveSibling(path);
    var reading = new Reading(document, findings, new References(origin.environment(), resolver));
    return new Configuration(reading, resolver, check.thenApply(c -> c.of(document)));
  }

  /// The file as [#load] reads it, but with the `flows` and `tables` of another text, which names
  /// no files and no variables. Its lines come first: places in it are as whoever wrote it sees
  /// them.
  public static Configuration load(
      Path file, Function<String, @Nullable String> environment, String other) {
    var check = CompletableFuture.supplyAsync(SchemaCheck::new);
    var yaml = new YamlFile(file);
    var body = new YamlFile(BODY);
    var findings = new Findings();
    var over = value(body, other, findings);
    var above = other.lines().toList();
    var text = "\n".repeat(above.size()) + yaml.text();
    var lines = Stream.concat(above.stream(), text.lines().skip(above.size())).toList();
    var merged = Overlay.over(mapping(value(yaml, text, findings)), mapping(over), body.name());
    var document = new Document(body.name(), lines, merged);
    return of(document, findings, new Origin(file, environment), check);
  }

  private static Value value(YamlFile yaml, String text, Findings findings) {
    return yaml.compose(text)
        .map(node -> new Tree(yaml, findings).of(node, ""))
        .orElseGet(Configuration::nothing);
  }

  /// What is no mapping says nothing; the schema tells.
  private static Value.Mapping mapping(Value value) {
    return value instanceof Value.Mapping mapping ? mapping : nothing();
  }

  private static Value.Mapping nothing() {
    return new Value.Mapping(Place.START, Map.of());
  }

  public Section root() {
    return root;
  }

  /// Where relative paths in the file start: its folder.
  public UnaryOperator<Path> resolver() {
    return resolver;
  }

  /// Throws [dev.tenure.problem.Problem.Found] with all problems, in the order of their places.
  public void finish() {
    var problems = findings.told(bySchema.join());
    if (!problems.isEmpty()) throw new Problem.Found(problems);
  }
}
