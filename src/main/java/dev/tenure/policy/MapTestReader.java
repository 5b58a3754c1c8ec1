package dev.tenure.policy;

import dev.tenure.config.Nearest;
import dev.tenure.config.Section;
import dev.tenure.id.PersonKey;
import dev.tenure.policy.MapTest.Expected;
import dev.tenure.policy.MapTest.Want;
import dev.tenure.policy.function.Refusal;
import dev.tenure.policy.function.Times;
import dev.tenure.problem.Code;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.patch.PatchPath;
import dev.tenure.scim.schema.AttributeRef;
import dev.tenure.source.Person;
import dev.tenure.source.SourceSchema;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Reads section `tests` of a flow.
record MapTestReader(SourceSchema source, AccountPaths paths) {
  private static final Set<String> OWN = Set.of("key", "groups", "disabled");
  private static final Set<String> EXPECTED = Set.of("expect", "out", "problem");

  List<MapTest> read(Section flow) {
    var tests = new ArrayList<MapTest>();
    var items = flow.items("tests");
    for (var item : items.keys()) {
      items
          .section(item)
          .ifPresent(test -> {
            var name = test.text("name", "test " + (tests.size() + 1));
            tests.add(
                new MapTest(name, items.at(item), given(test), at(test), expected(items, item)));
          });
    }
    return tests;
  }

  private Person given(Section test) {
    var given = test.section("given");
    var attributes = new TreeMap<String, List<String>>();
    var groups = new TreeMap<String, List<String>>();
    given.ifPresent(g -> {
      for (var key : g.keys()) {
        if (OWN.contains(key)) continue;
        known(g, key);
        attributes.put(key, g.texts(key));
      }
      g.texts("groups").forEach(name -> groups.put(name, List.of(name)));
    });
    var key = given.map(g -> g.text("key", "test")).orElse("test");
    boolean disabled = given.map(g -> g.flag("disabled", false)).orElse(false);
    return new Person(new PersonKey(key), attributes, groups, disabled);
  }

  private void known(Section given, String attribute) {
    if (source.attributes().containsKey(attribute)) return;
    given.problem(
        attribute,
        Code.CONFIG_REFERENCE,
        "the source has no attribute '" + attribute + "'",
        Nearest.of(attribute, source.attributes().keySet())
            .map(n -> "did you mean '" + n + "'?")
            .orElse("name an attribute of the source"));
  }

  private static Optional<Instant> at(Section test) {
    var text = test.optionalText("at");
    try {
      return text.map(t -> Times.parse(t, ZoneOffset.UTC));
    } catch (Refusal e) {
      test.problem("at", Code.CONFIG_VALUE, e.why(), e.remedy());
      return Optional.empty();
    }
  }

  private Expected expected(Section items, String item) {
    var test = items.section(item).orElseThrow();
    if (EXPECTED.stream().filter(test::has).count() != 1) {
      items.problem(
          item,
          Code.CONFIG_REQUIRED,
          "a test expects exactly one of " + String.join(", ", EXPECTED.stream().sorted().toList()),
          "write what is expected of this person");
    }
    if (test.has("out")) return new Expected.Out(test.text("out"));
    if (test.has("problem")) {
      return new Expected.Finding(code(test));
    }
    return new Expected.Account(test.section("expect").map(this::wants).orElse(Map.of()));
  }

  private static Code code(Section test) {
    var name = test.text("problem");
    var found = Arrays.stream(Code.values()).filter(c -> c.name().equals(name)).findFirst();
    if (found.isEmpty()) {
      test.problem(
          "problem",
          Code.CONFIG_VALUE,
          "there is no problem '" + name + "'",
          "write a code of docs/problems.md, such as MAP_NO_ENTRY");
    }
    return found.orElse(Code.MAP_NO_ENTRY);
  }

  private Map<String, Want> wants(Section expect) {
    var wants = new LinkedHashMap<String, Want>();
    for (var key : expect.keys()) {
      try {
        wants.put(key, new Want(path(key), expect.texts(key)));
      } catch (ScimException e) {
        expect.problem(
            key,
            Code.MAP_ATTRIBUTE,
            String.valueOf(e.getMessage()),
            paths
                .nearest(key)
                .map(n -> "did you mean '" + n + "'?")
                .orElse("name an attribute of the target's User schema"));
      }
    }
    return wants;
  }

  /// Groups are not written at the account, but expected of it.
  private PatchPath path(String key) {
    var groups = key.equals("groups") ? paths.attribute(key) : Optional.<AttributeRef>empty();
    return groups.map(PatchPath::of).orElseGet(() -> paths.writable(key));
  }
}
