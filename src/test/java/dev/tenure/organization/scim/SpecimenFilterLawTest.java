package dev.tenure.organization.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer.Calls;
import dev.tenure.scim.Reading;
import dev.tenure.scim.Resource;
import dev.tenure.scim.filter.FilterEvaluator;
import dev.tenure.scim.filter.FilterParser;
import dev.tenure.scim.schema.ResourceType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// What the database finds is what the evaluation in memory finds, over attributes of every type.
class SpecimenFilterLawTest {
  private static final int RESOURCES = 30;
  private static final int FILTERS = 200;
  private static final long SEED = Long.getLong("law.seed", 20_260_101L);
  private static final List<String> TEXTS = List.of("a", "A", "ab", "B", "é", "x y", "%", "a_b");
  private static final List<String> DATES =
      List.of("2026-01-01T00:00:00Z", "2026-01-01T01:00:00+01:00", "2025-06-30T12:00:00Z");

  /// Paths with the literals that stand for their values.
  private static final Map<String, List<String>> PATHS =
      Map.ofEntries(
          Map.entry("string", quoted(TEXTS)),
          Map.entry("exact", quoted(TEXTS)),
          Map.entry("strings", quoted(TEXTS)),
          Map.entry("integer", List.of("0", "1", "-7", "3")),
          Map.entry("integers", List.of("0", "1", "-7", "3")),
          Map.entry("decimal", List.of("0.5", "1", "-7.25")),
          Map.entry("boolean", List.of("true", "false")),
          Map.entry("booleans", List.of("true", "false")),
          Map.entry("dateTime", quoted(DATES)),
          Map.entry("dateTimes", quoted(DATES)),
          Map.entry("reference", quoted(List.of("https://x/a", "../A"))),
          Map.entry("complex.value", quoted(TEXTS)),
          Map.entry("complex.tags", quoted(TEXTS)),
          Map.entry("complexes.value", quoted(TEXTS)),
          Map.entry("complexes.exact", quoted(TEXTS)),
          Map.entry("complexes.tags", quoted(TEXTS)),
          Map.entry("complexes.count", List.of("0", "1", "-7", "3")),
          Map.entry(Specimens.EXTRA + ":size", List.of("0", "1", "-7", "3")),
          Map.entry(Specimens.EXTRA + ":roles", quoted(TEXTS)));

  private static Specimens specimens;
  private static Calls acme;

  @BeforeAll
  static void start() {
    specimens = new Specimens();
    acme = specimens.acme();
  }

  @AfterAll
  static void stop() {
    specimens.close();
  }

  private static List<String> quoted(List<String> texts) {
    return texts.stream().map(t -> "\"" + t + "\"").toList();
  }

  private static String oneOf(RandomGenerator random, List<String> all) {
    return all.get(random.nextInt(all.size()));
  }

  @Test
  void theDatabaseFindsWhatTheEvaluationFinds() {
    var random = new Random(SEED);
    var stored = new HashMap<String, Resource>();
    for (int i = 0; i < RESOURCES; i++) {
      var made = acme.post("/Specimens", body(random));
      assertThat(made.status()).as(made.response().body()).isEqualTo(201);
      stored.put(made.id(), Resource.of((ObjectNode) made.json()));
    }
    ResourceType type =
        Specimens.configs().getFirst().registry().whole().type("Specimen").orElseThrow();
    var hits = 0;
    for (int i = 0; i < FILTERS; i++) {
      var text = filter(random, 2);
      var filter = FilterParser.parse(text, type, Reading.TOLERANT);
      var expected = new TreeSet<String>();
      stored.forEach((id, r) -> {
        if (FilterEvaluator.matches(filter, r)) expected.add(id);
      });
      var answer = acme.filter("/Specimens", text);
      assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
      var found = new TreeSet<String>();
      answer.json().path("Resources").forEach(r -> found.add(r.path("id").asString("")));
      assertThat(found).as("-Dlaw.seed=" + SEED + " " + text).isEqualTo(expected);
      if (!found.isEmpty() && found.size() < RESOURCES) hits++;
    }
    assertThat(hits).isGreaterThan(FILTERS / 4);
  }

  private static String body(RandomGenerator random) {
    var members = new ArrayList<String>();
    members.add("\"label\": \"x\"");
    for (var name : List.of("string", "exact", "integer", "decimal", "boolean", "dateTime")) {
      if (random.nextInt(3) > 0) members.add(member(name, oneOf(random, literals(name))));
    }
    for (var name : List.of("strings", "integers", "booleans", "dateTimes")) {
      if (random.nextInt(3) > 0) members.add(member(name, list(random, literals(name))));
    }
    if (random.nextBoolean()) members.add(member("complex", complex(random)));
    if (random.nextBoolean()) {
      members.add(member("complexes", "[" + complex(random) + ", " + complex(random) + "]"));
    }
    if (random.nextBoolean()) {
      var roles = member("roles", list(random, quoted(TEXTS)));
      var size = member("size", oneOf(random, literals("integer")));
      members.add(member(Specimens.EXTRA, "{" + size + ", " + roles + "}"));
    }
    return "{" + String.join(", ", members) + "}";
  }

  private static List<String> literals(String path) {
    return PATHS.getOrDefault(path, List.of());
  }

  private static String member(String name, String value) {
    return "\"" + name + "\": " + value;
  }

  private static String list(RandomGenerator random, List<String> literals) {
    var one = oneOf(random, literals);
    return random.nextBoolean()
        ? "[" + one + "]"
        : "[" + one + ", " + oneOf(random, literals) + "]";
  }

  private static String complex(RandomGenerator random) {
    var members = new ArrayList<String>();
    members.add(member("count", oneOf(random, literals("integer"))));
    if (random.nextInt(3) > 0) members.add(member("value", oneOf(random, quoted(TEXTS))));
    if (random.nextBoolean()) members.add(member("exact", oneOf(random, quoted(TEXTS))));
    if (random.nextBoolean()) members.add(member("tags", list(random, quoted(TEXTS))));
    return "{" + String.join(", ", members) + "}";
  }

  private static String filter(RandomGenerator random, int depth) {
    return switch (random.nextInt(depth > 0 ? 6 : 3)) {
      case 0, 1 -> comparison(random, "");
      case 2 -> "complexes[" + comparison(random, "complexes.") + tail(random) + "]";
      case 3 -> "not (" + filter(random, depth - 1) + ")";
      case 4 -> "(" + filter(random, depth - 1) + " and " + filter(random, depth - 1) + ")";
      default -> "(" + filter(random, depth - 1) + " or " + filter(random, depth - 1) + ")";
    };
  }

  private static String tail(RandomGenerator random) {
    return random.nextBoolean() ? "" : " and " + comparison(random, "complexes.");
  }

  private static String comparison(RandomGenerator random, String prefix) {
    var paths = PATHS.keySet().stream().filter(p -> p.startsWith(prefix)).sorted().toList();
    var path = oneOf(random, paths);
    var name = path.substring(prefix.length());
    if (random.nextInt(6) == 0) return name + " pr";
    if (random.nextInt(12) == 0) return name + (random.nextBoolean() ? " eq null" : " ne null");
    var literal = oneOf(random, literals(path));
    return name + " " + oneOf(random, operators(literal)) + " " + literal;
  }

  private static List<String> operators(String literal) {
    if (literal.equals("true") || literal.equals("false")) return List.of("eq", "ne");
    var ordered = List.of("eq", "ne", "gt", "ge", "lt", "le");
    if (!literal.startsWith("\"") || literal.startsWith("\"20")) return ordered;
    return List.of("eq", "ne", "gt", "ge", "lt", "le", "co", "sw", "ew");
  }
}
