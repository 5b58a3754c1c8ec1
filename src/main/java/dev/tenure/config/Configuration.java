package dev.tenure.config;

import dev.tenure.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A configuration file that was read, and the problems found in it so far.
public final class Configuration {
  private final Section root;
  private final UnaryOperator<Path> resolver;
  private final Findings findings;
  private final CompletableFuture<List<Finding>> bySchema;

  private Configuration(
      Reading reading, UnaryOperator<Path> resolver, CompletableFuture<List<Finding>> bySchema) {
    var mapping = reading.document().root() instanceof Value.Mapping m ? m : nothing();
    this.root = new Section(reading, "", mapping);
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
    var value =
        yaml.compose(text)
            .map(node -> new Tree(yaml, findings).of(node, ""))
            .orElseGet(Configuration::nothing);
    var document = new Document(yaml.name(), text.lines().toList(), value);
    UnaryOperator<Path> resolver = path -> file.resolveSibling(path);
    var reading = new Reading(document, findings, new References(environment, resolver));
    return new Configuration(reading, resolver, check.thenApply(c -> c.of(document)));
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
