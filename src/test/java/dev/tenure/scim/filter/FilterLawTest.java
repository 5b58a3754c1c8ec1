package dev.tenure.scim.filter;

import static dev.tenure.scim.Samples.USER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.scim.Law;
import dev.tenure.scim.Reading;
import dev.tenure.scim.Samples;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.filter.Filter.Operator;
import dev.tenure.scim.schema.AttributePaths;
import dev.tenure.scim.schema.AttributeRef;
import dev.tenure.scim.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.StringNode;

class FilterLawTest {
  private static final List<String> PATHS =
      List.of(
          "userName",
          "title",
          "externalId",
          "name.givenName",
          "emails.value",
          "emails.type",
          Schema.ENTERPRISE + ":department");
  private static final List<String> PIECES =
      List.of(
          "userName",
          "emails",
          "(",
          ")",
          "[",
          "]",
          "\"",
          "\"a\"",
          "eq",
          "pr",
          "and",
          "or",
          "not",
          "\\",
          ".value",
          "true",
          "12",
          "1e99999",
          "null",
          "-",
          "urn:",
          "\u0000",
          "é");

  @Test
  void whatIsRenderedIsReadAsTheSameFilter() {
    Law.holds(random -> {
      var filter = any(random, 4);
      var text = FilterText.render(filter);
      assertThat(FilterParser.parse(text, USER, Reading.STRICT)).as(text).isEqualTo(filter);
    });
  }

  @Test
  void theEvaluatorAgreesWithANaiveOne() {
    Law.holds(random -> {
      var filter = any(random, 3);
      var user = Samples.anyUser(random);
      assertThat(FilterEvaluator.matches(filter, user))
          .as(FilterText.render(filter) + " on " + user)
          .isEqualTo(naive(filter, user.view()));
    });
  }

  @Test
  void garbageIsRefusedAndNothingElseHappens() {
    Law.holds(random -> {
      for (var i = 0; i < 20; i++) {
        var text = Samples.garbage(random, PIECES);
        try {
          FilterParser.parse(text, USER, Samples.oneOf(random, Reading.values()));
        } catch (ScimException e) {
          assertThat(e.getMessage()).as(text).startsWith("filter: ");
        }
      }
    });
  }

  private static Filter any(RandomGenerator random, int depth) {
    return switch (depth == 0 ? 4 + random.nextInt(3) : random.nextInt(7)) {
      case 0, 1 -> new Filter.And(any(random, depth - 1), any(random, depth - 1));
      case 2 -> new Filter.Or(any(random, depth - 1), any(random, depth - 1));
      case 3 -> new Filter.Not(any(random, depth - 1));
      case 4 -> new Filter.Present(ref(PATHS.get(random.nextInt(PATHS.size()))));
      case 5 -> comparison(ref(PATHS.get(random.nextInt(PATHS.size()))), random);
      default -> new Filter.ValuePath(ref("emails"), inside(random));
    };
  }

  private static Filter inside(RandomGenerator random) {
    var emails = ref("emails").attribute();
    var type = new AttributeRef(emails.sub("type").orElseThrow(), false, Optional.empty());
    var value = new AttributeRef(emails.sub("value").orElseThrow(), false, Optional.empty());
    var primary = new AttributeRef(emails.sub("primary").orElseThrow(), false, Optional.empty());
    return switch (random.nextInt(3)) {
      case 0 -> new Filter.And(comparison(type, random), comparison(value, random));
      case 1 -> new Filter.Not(comparison(type, random));
      default ->
          new Filter.Comparison(primary, Operator.EQ, BooleanNode.valueOf(random.nextBoolean()));
    };
  }

  private static Filter comparison(AttributeRef ref, RandomGenerator random) {
    var operator = Samples.oneOf(random, Operator.values());
    var text = random.nextBoolean() ? Samples.text(random) : Samples.kind(random);
    return new Filter.Comparison(ref, operator, StringNode.valueOf(text));
  }

  private static AttributeRef ref(String path) {
    return AttributePaths.resolve(USER, path).orElseThrow();
  }

  /// The rules once more, in other words: collect all values by name, compare text by text.
  private static boolean naive(Filter filter, JsonNode node) {
    return switch (filter) {
      case Filter.And(var l, var r) -> naive(l, node) && naive(r, node);
      case Filter.Or(var l, var r) -> naive(l, node) || naive(r, node);
      case Filter.Not(var f) -> !naive(f, node);
      case Filter.Nothing() -> false;
      case Filter.Present(var ref) -> texts(ref, node).stream().anyMatch(t -> !t.isEmpty());
      case Filter.ValuePath(_, var f) -> {
        var hit = false;
        for (var email : node.path("emails")) hit |= naive(f, email);
        yield hit;
      }
      case Filter.Comparison(var ref, var op, var value) ->
          naive(texts(ref, node), op, fold(ref, value.asString()));
    };
  }

  private static boolean naive(List<String> texts, Operator op, String literal) {
    if (op == Operator.NE)
      return texts.isEmpty() || texts.stream().anyMatch(t -> !t.equals(literal));
    for (var text : texts) {
      var order = text.compareTo(literal);
      var hit =
          switch (op) {
            case EQ -> order == 0;
            case NE -> throw new AssertionError();
            case CO -> text.indexOf(literal) >= 0;
            case SW -> text.indexOf(literal) == 0;
            case EW ->
                text.length() >= literal.length()
                    && text.substring(text.length() - literal.length()).equals(literal);
            case GT -> order > 0;
            case GE -> order >= 0;
            case LT -> order < 0;
            case LE -> order <= 0;
          };
      if (hit) return true;
    }
    return false;
  }

  private static List<String> texts(AttributeRef ref, JsonNode node) {
    var texts = new ArrayList<String>();
    var holder = ref.extension() ? node.path(Schema.ENTERPRISE) : node;
    var at = holder.path(ref.attribute().name());
    for (var value : at.isArray() ? at.valueStream().toList() : List.of(at)) {
      var leaf = ref.sub().isPresent() ? value.path(ref.leaf().name()) : value;
      if (!leaf.isMissingNode()) texts.add(fold(ref, leaf.asString()));
    }
    return texts;
  }

  private static String fold(AttributeRef ref, String text) {
    return ref.leaf().caseExact() ? text : text.toLowerCase(Locale.ROOT);
  }
}
