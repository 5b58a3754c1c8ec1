package dev.tenure.scim.patch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.scim.Law;
import dev.tenure.scim.Reading;
import dev.tenure.scim.Resource;
import dev.tenure.scim.Samples;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimType;
import dev.tenure.scim.message.PatchRequest;
import dev.tenure.scim.message.ResourceReader;
import dev.tenure.scim.schema.ResourceType;
import dev.tenure.scim.schema.ResourceType.Extension;
import dev.tenure.scim.schema.ResourceType.Form;
import dev.tenure.scim.schema.SchemaDocument;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a PUT or a PATCH may never do, whatever it holds.
class ReplacementLawTest {
  private static final List<String> FIXED = List.of("fixed", "fixes", "whole", "part.fixed");
  private static final String ATTRIBUTES =
      """
      {'id': '%s', 'attributes': [
        {'name': 'free'}, {'name': 'frees', 'multiValued': true},
        {'name': 'fixed', 'mutability': 'immutable'},
        {'name': 'fixes', 'mutability': 'immutable', 'multiValued': true},
        {'name': 'given', 'mutability': 'readOnly'},
        {'name': 'pin', 'mutability': 'writeOnly'},
        {'name': 'whole', 'type': 'complex', 'mutability': 'immutable',
         'subAttributes': [{'name': 'a'}, {'name': 'b'}]},
        {'name': 'part', 'type': 'complex', 'subAttributes': [
          {'name': 'free'}, {'name': 'fixed', 'mutability': 'immutable'}]}]}
      """;

  private static final ResourceType TYPE =
      new ResourceType(
          new Form(
              "Thing",
              "/Things",
              "",
              SchemaDocument.read((ObjectNode) Samples.json(ATTRIBUTES.formatted("urn:x:Thing"))),
              List.of(
                  new Extension(
                      SchemaDocument.read(
                          (ObjectNode) Samples.json(ATTRIBUTES.formatted("urn:x:More"))),
                      false))));

  private static ObjectNode anything(RandomGenerator random, int depth) {
    var json = JsonNodeFactory.instance.objectNode();
    for (var name : List.of("free", "fixed", "pin", "given")) {
      if (random.nextInt(3) == 0) json.put(name, text(random));
    }
    for (var name : List.of("frees", "fixes")) {
      if (random.nextInt(3) == 0) json.putArray(name).add(text(random)).add(text(random) + "2");
    }
    if (random.nextInt(3) == 0) json.putObject("whole").put("a", text(random));
    if (random.nextInt(3) == 0) json.putObject("part").put("fixed", text(random));
    if (random.nextInt(3) == 0) json.withObjectProperty("part").put("free", text(random));
    if (depth > 0 && random.nextBoolean()) json.set("urn:x:More", anything(random, 0));
    return json;
  }

  private static String text(RandomGenerator random) {
    return random.nextBoolean() ? "a" : "b";
  }

  private static Resource read(ObjectNode body) {
    return ResourceReader.read(body, TYPE, Reading.TOLERANT);
  }

  /// Everything immutable that had a value still has it.
  private static void assertKept(Resource before, Resource after) {
    for (var prefix : List.of("", "/urn:x:More")) {
      for (var path : FIXED) {
        var pointer = prefix + "/" + path.replace('.', '/');
        var value = before.view().at(pointer);
        if (!value.isMissingNode()) assertThat(after.view().at(pointer)).isEqualTo(value);
      }
    }
  }

  @Test
  void aReplacementKeepsWhatIsImmutableOrIsRefused() {
    Law.holds(random -> {
      var stored = read(anything(random, 1));
      var body = read(anything(random, 1));
      try {
        var after = Replacement.apply(stored, body, TYPE);
        assertKept(stored, after);
        assertThat(Replacement.apply(after, body, TYPE)).isEqualTo(after);
        assertThat(Replacement.apply(after, after, TYPE)).isEqualTo(after);
        assertThat(after.view().path("free")).isEqualTo(body.view().path("free"));
      } catch (ScimException e) {
        assertThat(e.type()).contains(ScimType.mutability);
      }
    });
  }

  @Test
  void aPatchKeepsWhatIsImmutableOrIsRefused() {
    Law.holds(random -> {
      var stored = read(anything(random, 1));
      var body = Samples.json("{'Operations': [{'op': 'replace'}, {'op': 'remove'}]}").deepCopy();
      ((ObjectNode) body.at("/Operations/0")).set("value", anything(random, 1));
      var targets = List.of("part", "part.fixed", "urn:x:More", "fixes", "whole.a", "free");
      ((ObjectNode) body.at("/Operations/1"))
          .put("path", targets.get(random.nextInt(targets.size())));
      try {
        var operations = PatchRequest.read(body, TYPE, Reading.TOLERANT);
        assertKept(stored, Patch.apply(stored, operations, TYPE, Reading.TOLERANT));
      } catch (ScimException e) {
        assertThat(e.type()).contains(ScimType.mutability);
      }
    });
  }
}
