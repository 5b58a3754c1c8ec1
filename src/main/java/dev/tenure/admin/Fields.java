package dev.tenure.admin;

import dev.tenure.http.HttpFailure;
import dev.tenure.http.Request;
import dev.tenure.scim.ScimJson;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// The fields of a body, each absent where it is not given. What is not as it should be is thrown
/// as [HttpFailure] 400.
record Fields(JsonNode body) {
  /// So long is a text at most where nothing else is said.
  private static final int CHARACTERS_MAX = 400;

  /// The body of the request, which has these fields at most.
  static Fields of(Request request, Set<String> names) {
    return new Fields(Wanted.body(request, names));
  }

  private Optional<JsonNode> node(String field) {
    return body.has(field) ? Optional.of(body.path(field)) : Optional.empty();
  }

  /// Words; not blank.
  Optional<String> words(String field) {
    return node(field)
        .map(n -> {
          if (n.isString()
              && !n.stringValue().isBlank()
              && n.stringValue().length() <= CHARACTERS_MAX
              && ScimJson.isStorable(n.stringValue())) {
            return n.stringValue();
          }
          throw new HttpFailure(
              400, field + " is a text of 1 to " + CHARACTERS_MAX + " characters");
        });
  }

  /// The same, of a field that must be there.
  String required(String field) {
    return words(field).orElseThrow(() -> new HttpFailure(400, field + " is missing"));
  }

  Optional<Boolean> flag(String field) {
    return node(field).map(_ -> Wanted.flag(body, field));
  }

  /// A whole number from 0 to `most`.
  Optional<Integer> count(String field, int most) {
    return node(field)
        .map(n -> {
          if (n.isIntegralNumber() && n.canConvertToInt()) {
            int value = n.intValue();
            if (value >= 0 && value <= most) return value;
          }
          throw new HttpFailure(400, field + " is a whole number from 0 to " + most);
        });
  }

  /// What stands there, as JSON.
  Optional<String> json(String field) {
    return node(field).map(JsonNode::toString);
  }

  /// Texts in a list.
  Optional<List<String>> texts(String field) {
    return node(field)
        .map(_ -> {
          var texts = Wanted.texts(body, field);
          if (texts.stream().allMatch(ScimJson::isStorable)) return texts;
          throw new HttpFailure(400, field + " has a character that no text has");
        });
  }

  /// One of the enum's constants, written as `lock` for `LOCK`.
  <E extends Enum<E>> Optional<E> choice(String field, Class<E> type) {
    return words(field).map(word -> constant(field, word, type));
  }

  /// Several of them.
  <E extends Enum<E>> Optional<Set<E>> choices(String field, Class<E> type) {
    return texts(field)
        .map(words -> {
          var all = EnumSet.noneOf(type);
          words.forEach(word -> all.add(constant(field, word, type)));
          return all;
        });
  }

  private static <E extends Enum<E>> E constant(String field, String word, Class<E> type) {
    var constants = List.of(type.getEnumConstants());
    return constants.stream()
        .filter(e -> word(e).equals(word))
        .findFirst()
        .orElseThrow(
            () -> oneOf(field, constants.stream().map(Fields::word).collect(Collectors.toList())));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /// Several of those that have a name; `named` finds one, `all` are their names.
  <T> Optional<Set<T>> named(String field, Function<String, Optional<T>> named, List<String> all) {
    return texts(field)
        .map(words ->
            words.stream()
                .map(word -> named.apply(word).orElseThrow(() -> oneOf(field, all)))
                .collect(Collectors.toSet()));
  }

  static HttpFailure oneOf(String field, List<String> all) {
    return new HttpFailure(400, field + " is of " + String.join(", ", all));
  }

  /// Each of a list of objects, with these fields at most.
  List<Fields> each(String field, String... names) {
    var node = body.path(field);
    if (node.isMissingNode()) return List.of();
    if (!node.isArray() || !node.valueStream().allMatch(JsonNode::isObject)) {
      throw new HttpFailure(400, field + " is a list of objects");
    }
    var known = Set.copyOf(Arrays.asList(names));
    return node.valueStream()
        .map(one -> {
          Wanted.requireKnown(one.propertyNames(), known, "the field");
          return new Fields(one);
        })
        .toList();
  }
}
