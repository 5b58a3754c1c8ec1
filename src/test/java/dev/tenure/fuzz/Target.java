package dev.tenure.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.scim.Reading;
import dev.tenure.scim.Resource;
import dev.tenure.scim.Samples;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.filter.Filter;
import dev.tenure.scim.filter.FilterEvaluator;
import dev.tenure.scim.filter.FilterParser;
import dev.tenure.scim.filter.FilterText;
import dev.tenure.scim.message.PatchRequest;
import dev.tenure.scim.message.ResourceReader;
import dev.tenure.scim.patch.Patch;
import dev.tenure.scim.schema.ResourceType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// The laws of bad input: whatever the bytes are, they are either refused with a 4xx or read as
/// something that is whole. No other exception comes out.
enum Target implements Consumer<byte[]> {
  /// An accepted filter is read from its own text as the same filter, and can be evaluated.
  FILTER {
    @Override
    public void accept(byte[] input) {
      var text = new String(input, StandardCharsets.UTF_8);
      for (var type : TYPES) {
        for (var reading : Reading.values()) refusing(() -> filter(text, type, reading));
      }
    }
  },

  /// What PATCH leaves behind is a valid resource in its one form, and the one before is untouched.
  PATCH {
    @Override
    public void accept(byte[] input) {
      var body = refusable(input);
      var users = List.of(Samples.mara(), anyUser(input));
      for (var reading : Reading.values()) {
        for (var user : users) refusing(() -> patch(user, body, Samples.USER, reading));
        refusing(() -> patch(team(), body, Samples.GROUP, reading));
      }
    }
  },

  /// A document is read from what is written of it as the same document, and so is a resource.
  JSON {
    @Override
    public void accept(byte[] input) {
      var document = refusable(input);
      var text = document.isMissingNode() ? "" : ScimJson.write(document);
      // An escaped half of a surrogate pair is JSON (RFC 8259 §8.2), but no UTF-8.
      if (!text.isEmpty() && ScimJson.isStorable(text)) {
        assertThat(ScimJson.read(text)).isEqualTo(document);
      }
      for (var type : TYPES) {
        for (var reading : Reading.values()) refusing(() -> resource(document, type, reading));
        refusing(() -> observed(document, type));
      }
    }
  };

  private static final List<ResourceType> TYPES = List.of(Samples.USER, Samples.GROUP);

  /// Its name in the corpus.
  String directory() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static void filter(String text, ResourceType type, Reading reading) {
    var filter = FilterParser.parse(text, type, reading);
    FilterEvaluator.matches(filter, Samples.mara());
    var rendered = FilterText.render(filter);
    if (rendered.length() > FilterParser.CHARACTERS_MAX) return;
    assertThat(isSame(FilterParser.parse(rendered, type, reading), filter)).as(rendered).isTrue();
  }

  /// Equality as of records, without their recursion: a chain of 300 `and` is 300 records deep.
  private static boolean isSame(Filter one, Filter other) {
    var open = new ArrayDeque<>(List.of(Map.entry(one, other)));
    while (!open.isEmpty()) {
      var pair = open.pop();
      var left = parts(pair.getKey());
      var right = parts(pair.getValue());
      if (left.size() != right.size() || pair.getKey().getClass() != pair.getValue().getClass()) {
        return false;
      }
      if (left.isEmpty() && !pair.getKey().equals(pair.getValue())) return false;
      for (var i = 0; i < left.size(); i++) open.push(Map.entry(left.get(i), right.get(i)));
      if (pair.getKey() instanceof Filter.ValuePath(var attribute, _)
          && pair.getValue() instanceof Filter.ValuePath(var second, _)
          && !attribute.equals(second)) {
        return false;
      }
    }
    return true;
  }

  private static List<Filter> parts(Filter filter) {
    return switch (filter) {
      case Filter.And(var left, var right) -> List.of(left, right);
      case Filter.Or(var left, var right) -> List.of(left, right);
      case Filter.Not(var inner) -> List.of(inner);
      case Filter.ValuePath(_, var inner) -> List.of(inner);
      case Filter.Present _, Filter.Comparison _, Filter.Nothing _ -> List.of();
    };
  }

  private static void patch(Resource before, JsonNode body, ResourceType type, Reading reading) {
    var text = before.toString();
    var operations = PatchRequest.read(body, type, reading);
    try {
      var after = Patch.apply(before, operations, type, reading);
      assertThat(ResourceReader.observed(after.json(), type)).isEqualTo(after);
      ResourceReader.read(after.json(), type, reading);
    } finally {
      assertThat(before).hasToString(text);
    }
  }

  private static void resource(JsonNode document, ResourceType type, Reading reading) {
    var resource = ResourceReader.read(document, type, reading);
    var again = ScimJson.read(ScimJson.write(resource.json()));
    assertThat(ResourceReader.read(again, type, reading)).isEqualTo(resource);
  }

  private static void observed(JsonNode document, ResourceType type) {
    var resource = ResourceReader.observed(document, type);
    var again = ScimJson.read(ScimJson.write(resource.json()));
    assertThat(ResourceReader.observed(again, type)).isEqualTo(resource);
  }

  /// Missing where the bytes are refused.
  private static JsonNode refusable(byte[] input) {
    try {
      return ScimJson.read(input);
    } catch (ScimException e) {
      requireRefusal(e);
      return MissingNode.getInstance();
    }
  }

  private static void refusing(Runnable step) {
    try {
      step.run();
    } catch (ScimException e) {
      requireRefusal(e);
    }
  }

  private static void requireRefusal(ScimException e) {
    assertThat(e.status()).as(e.detail()).isBetween(400, 499);
  }

  private static Resource anyUser(byte[] input) {
    return Samples.anyUser(new Random(Arrays.hashCode(input)));
  }

  private static Resource team() {
    return Samples.resource(
        """
        {'schemas': ['urn:ietf:params:scim:schemas:core:2.0:Group'], 'id': '8',
         'displayName': 'Team', 'members': [{'value': '7', 'type': 'User'}, {'value': '9'}]}
        """);
  }
}
