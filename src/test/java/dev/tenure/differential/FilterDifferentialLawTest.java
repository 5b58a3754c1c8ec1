package dev.tenure.differential;

import static dev.tenure.scim.Samples.USER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.scim.Law;
import dev.tenure.scim.Reading;
import dev.tenure.scim.Resource;
import dev.tenure.scim.Samples;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.filter.FilterEvaluator;
import dev.tenure.scim.filter.FilterParser;
import dev.tenure.scim.schema.Schema;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.StringNode;

/// Random filters on random users: ours, UnboundID's and Captain-P-Goldfish's answer is the same.
class FilterDifferentialLawTest {
  private static final List<String> SINGLE =
      List.of("userName", "title", "name.givenName", Schema.ENTERPRISE + ":department");
  private static final List<String> MANY = List.of("emails.value", "emails.type");
  private static final List<String> OPERATORS =
      List.of("eq", "co", "sw", "ew", "gt", "ge", "lt", "le");
  private static final List<String> MOMENTS =
      List.of("2026-01-01T10:00:00Z", "2026-01-01T12:00:00+02:00", "2025-12-31T23:00:00.5Z");

  private final Goldfish goldfish = new Goldfish();

  @Test
  void unboundIdAgrees() {
    Law.holds(random -> {
      var filter = any(random, 3);
      var user = user(random);
      assertThat(ours(filter, user))
          .as("%s on %s", filter, user)
          .isEqualTo(UnboundId.matches(filter, user));
    });
  }

  @Test
  void goldfishAgrees() {
    Law.holds(random -> {
      // Its lexer knows no escapes in strings, which are those of JSON (RFC 7644 §3.4.2.2).
      var filter =
          Stream.generate(() -> any(random, 3))
              .filter(f -> !f.contains("\\"))
              .findFirst()
              .orElseThrow();
      var user = full(random, isOfEachValue(filter) ? 1 : 2);
      assertThat(ours(filter, user))
          .as("%s on %s", filter, user)
          .isEqualTo(goldfish.matches(filter, user));
    });
  }

  /// It asks each condition of all emails together, so that two emails fulfil what one and the same
  /// has to (RFC 7644 §3.4.2.2, "complex attribute filter grouping"), and `not` likewise.
  private static boolean isOfEachValue(String filter) {
    return filter.contains("[") || filter.contains("not (");
  }

  /// A user with all that the filters ask for, for Goldfish is wrong, or of another mind, about
  /// what is absent, which has no value to compare with (RFC 7643 §2.5, RFC 7644 §3.4.2.2):
  ///
  /// - Neither `ne` nor `not (… eq …)` holds of it. To us they do: no value is identical with none,
  ///   and `not` holds where the inner filter does not.
  /// - `lt`, `le` and `active eq false` do hold of it.
  /// - A filter on an absent extension ends in a NullPointerException.
  private static Resource full(RandomGenerator random, int count) {
    var user = user(random).json();
    user.put("title", Samples.text(random)).put("active", random.nextBoolean());
    user.putObject("name").put("givenName", Samples.text(random));
    user.putObject(Schema.ENTERPRISE).put("department", Samples.text(random));
    var emails = user.putArray("emails");
    for (var i = 0; i < count; i++) {
      var email = emails.addObject().put("value", Samples.text(random));
      email.put("type", Samples.kind(random)).put("primary", i == 0);
    }
    return Resource.of(user);
  }

  private static boolean ours(String filter, Resource user) {
    return FilterEvaluator.matches(FilterParser.parse(filter, USER, Reading.STRICT), user);
  }

  private static Resource user(RandomGenerator random) {
    var user = Samples.anyUser(random).json();
    user.putObject("meta").put("lastModified", moment(random));
    return Resource.of(user);
  }

  private static String any(RandomGenerator random, int depth) {
    return switch (depth == 0 ? 4 + random.nextInt(6) : random.nextInt(10)) {
      case 0, 1 -> "(" + any(random, depth - 1) + ") and (" + any(random, depth - 1) + ")";
      case 2 -> any(random, depth - 1) + " or " + any(random, depth - 1);
      case 3 -> "not (" + any(random, depth - 1) + ")";
      case 4 -> one(random, SINGLE) + " pr";
      case 5 -> "emails[" + inside(random) + "]";
      case 6 -> "active " + one(random, List.of("eq", "ne")) + " " + random.nextBoolean();
      case 7 -> "meta.lastModified " + order(random) + " \"" + moment(random) + "\"";
      case 8 -> one(random, SINGLE) + " ne " + literal(random);
      default ->
          one(random, random.nextBoolean() ? SINGLE : MANY)
              + " "
              + one(random, OPERATORS)
              + " "
              + literal(random);
    };
  }

  private static String inside(RandomGenerator random) {
    var type = "type " + one(random, OPERATORS) + " " + literal(random);
    var value = "value " + one(random, OPERATORS) + " " + literal(random);
    return switch (random.nextInt(4)) {
      case 0 -> type;
      case 1 -> type + " and " + value;
      case 2 -> "not (" + type + ") or " + value;
      default -> "primary eq true and " + value;
    };
  }

  private static String order(RandomGenerator random) {
    return one(random, List.of("eq", "gt", "ge", "lt", "le"));
  }

  private static String moment(RandomGenerator random) {
    return one(random, MOMENTS);
  }

  private static String literal(RandomGenerator random) {
    var text = random.nextBoolean() ? Samples.text(random) : Samples.kind(random);
    return ScimJson.write(StringNode.valueOf(text));
  }

  private static String one(RandomGenerator random, List<String> all) {
    return all.get(random.nextInt(all.size()));
  }
}
