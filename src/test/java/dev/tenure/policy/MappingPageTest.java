package dev.tenure.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.config.Configuration;
import dev.tenure.id.PersonKey;
import dev.tenure.policy.expression.Tables;
import dev.tenure.policy.function.Functions;
import dev.tenure.scim.schema.Schemas;
import dev.tenure.source.Person;
import dev.tenure.source.SourceSchema;
import dev.tenure.source.SourceSchema.Arity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every row of the tables of functions in `docs/mapping.md` is tried: its expression, what the
/// person has, what comes out.
class MappingPageTest {
  private static final Path PAGE = Path.of("docs/mapping.md");
  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
  private static final Pattern NO_TEXT =
      Pattern.compile("true|false|[0-9]+|[0-9]{4}-[0-9-]+T[0-9:]+Z");

  @TempDir static Path folder;

  /// A row: what it is about, the expression, the person, the result.
  private record Row(String about, String rule, String given, String gives) {
    /// `kept`: there is no rule for the attribute in the end.
    String expectation() {
      if (gives.startsWith("finding ")) return "problem: " + bare(gives.substring(8));
      if (gives.equals("nothing") || gives.equals("kept"))
        return "expect: {" + attribute() + ": []}";
      return isList()
          ? "expect: {roles: " + gives + "}"
          : "expect: {" + attribute() + ": '" + gives.replace("'", "''") + "'}";
    }

    boolean isList() {
      return gives.startsWith("[");
    }

    String attribute() {
      if (rule.startsWith("account(")) return "manager.value";
      return isList() ? "roles" : "nickName";
    }

    /// What gives no text is looked at as one.
    String yaml() {
      if (rule.startsWith("{")) return rule;
      var text = NO_TEXT.matcher(gives).matches() ? "string(" + rule + ")" : rule;
      return "'" + text.replace("'", "''") + "'";
    }
  }

  private static List<Row> rows() throws IOException {
    var rows = new ArrayList<Row>();
    for (var line : Files.readAllLines(PAGE)) {
      var cells = Stream.of(line.split(" ?\\| ?", -1)).map(String::strip).toList();
      if (cells.size() != 6 || cells.get(2).equals("---") || cells.get(4).equals("gives")) continue;
      rows.add(new Row(cells.get(1), bare(cells.get(2)), bare(cells.get(3)), bare(cells.get(4))));
    }
    return rows;
  }

  private static String bare(String cell) {
    return cell.startsWith("`") && cell.endsWith("`") ? cell.substring(1, cell.length() - 1) : cell;
  }

  @TestFactory
  List<DynamicTest> everyRowGivesWhatItSays() throws IOException {
    var rows = rows();
    assertThat(rows).hasSizeGreaterThan(100);
    return rows.stream()
        .map(row -> DynamicTest.dynamicTest(row.about() + ": " + row.rule(), () -> tried(row)))
        .toList();
  }

  private static void tried(Row row) throws IOException {
    var text =
        tables()
            + """
            flows:
              page:
                source: hr
                target: cc
                map:
                  userName: key
                  %s: %s
                tests:
                  - given: {%s}
                    %s
            """
                .formatted(row.attribute(), row.yaml(), row.given(), row.expectation());
    var file = Files.writeString(folder.resolve("tenure.yaml"), text);
    var configuration = Configuration.load(file, _ -> null);
    var root = configuration.root();
    var tables = Tables.read(root.section("tables").orElseThrow(), _ -> List.of());
    var flow = root.section("flows").orElseThrow().section("page").orElseThrow();
    var policy = Policy.compile(flow, tables, schema(), Schemas.standard().user());
    configuration.finish();
    assertThat(policy.test(NOON)).allSatisfy(t -> assertThat(t.differences()).isEmpty()).hasSize(1);
    if (row.gives().equals("kept")) assertThat(names(policy)).doesNotContain(row.attribute());
    bearsEverything(policy);
  }

  /// The attributes of somebody who has nothing but a key.
  private static List<String> names(Policy policy) {
    var nobody = new Person(new PersonKey("E0"), Map.of(), Map.of(), false);
    return ((Standing.InScope) policy.decide(nobody, NOON).standing())
        .desired().attributes().stream().map(m -> m.path().attribute().toString()).toList();
  }

  /// Whatever the person has, there is a value or a finding that says what to do; and the same
  /// person gets the same again.
  private static void bearsEverything(Policy policy) {
    var seed = Long.getLong("law.seed", 20261125L);
    var random = new Random(seed);
    for (int i = 0; i < 30; i++) {
      var attributes = new TreeMap<String, List<String>>();
      for (var name : schema().attributes().keySet()) {
        if (random.nextBoolean()) attributes.put(name, List.of(nasty(random), nasty(random)));
      }
      var person = new Person(new PersonKey("E" + i), attributes, Map.of(), false);
      var standing = policy.decide(person, NOON).standing();
      assertThat(policy.decide(person, NOON).standing())
          .as("seed %d, case %d", seed, i)
          .isEqualTo(standing);
      if (!(standing instanceof Standing.Unclear(_, var problems))) continue;
      for (var problem : problems) {
        assertThat(problem.details()).containsEntry("person", "E" + i).containsKey("rule");
        assertThat(problem.details()).containsKey("value");
        assertThat(problem.remedy()).isNotBlank();
        assertThat(problem.message()).isNotBlank();
      }
    }
  }

  private static String nasty(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> "";
      case 1 -> String.valueOf(random.nextLong());
      case 2 -> "2026-%02d-%02d".formatted(random.nextInt(14), random.nextInt(33));
      case 3 -> "+" + random.nextInt() + " ext (" + random.nextInt(99) + ")";
      case 4 -> "x@y,".repeat(random.nextInt(2_000));
      default -> {
        var text = new StringBuilder();
        var alphabet =
            "aB1 ,.-'\"$\\{n}([*\u00e4\u00df\u0130\u0301\u0416\u6f22\ud83d\ude00\u0000\n";
        for (int n = random.nextInt(40); n > 0; n--) {
          text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        yield text.toString();
      }
    };
  }

  private static String tables() throws IOException {
    var page = Files.readString(PAGE);
    var from = page.indexOf("```yaml\n", page.indexOf("<!-- tables -->")) + "```yaml\n".length();
    return page.substring(from, page.indexOf("```", from));
  }

  private static SourceSchema schema() {
    var attributes = new TreeMap<String, Arity>();
    for (var name :
        "mail givenName sn title department phone hired employeeType manager".split(" ", -1)) {
      attributes.put(name, Arity.ONE);
    }
    attributes.put("skills", Arity.MANY);
    attributes.put("appRoles", Arity.MANY);
    return new SourceSchema(attributes);
  }

  @Test
  void everyFunctionIsOnThePage() throws IOException {
    var missing = new TreeSet<>(Functions.usual().names());
    missing.addAll(List.of("lookup", "lookupAll", "unique", "account"));
    for (var row : rows()) missing.removeIf(name -> row.rule().contains(name + "("));
    assertThat(missing).isEmpty();
  }
}
