package dev.tenure.scim.filter;

import dev.tenure.scim.Reading;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimType;
import dev.tenure.scim.filter.Filter.Operator;
import dev.tenure.scim.filter.Token.Kind;
import dev.tenure.scim.schema.Attribute;
import dev.tenure.scim.schema.AttributeRef;
import dev.tenure.scim.schema.ResourceType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Reads filters (RFC 7644 §3.4.2.2) by recursive descent: `or` binds least, then `and`, then
/// `not`.
///
/// Understood beyond the grammar: `emails[type eq "work"].value eq "x"` (one value fulfils both),
/// `emails co "x"` as `emails.value co "x"`; and in tolerant reading unquoted words, literals of
/// another type that can be converted, short names of extension attributes. An attribute that no
/// schema has is [Filter.Nothing] there. An attribute that no answer has (`returned` never, or
/// writeOnly) cannot be asked for: it is Nothing too, in strict reading 403 `sensitive`. All other
/// errors are 400 `invalidFilter` and name the position, what was found and what is allowed.
public final class FilterParser {
  /// Longer filters are refused.
  public static final int CHARACTERS_MAX = 10_000;

  /// Brackets within brackets.
  public static final int DEPTH_MAX = 50;

  /// Conditions in one filter. A chain of `and` is a tree as deep as it is long, and whoever walks
  /// the tree goes down all of it.
  public static final int CONDITIONS_MAX = 300;

  private final List<Token> tokens;
  private final Reading reading;
  private int at;
  private int depth;
  private int conditions;

  private FilterParser(List<Token> tokens, Reading reading) {
    this.tokens = tokens;
    this.reading = reading;
  }

  /// Reads the filter of a query.
  public static Filter parse(String text, ResourceType type, Reading reading) {
    return whole(text, new Names.OfResource(type, reading), reading);
  }

  /// Reads what stands between the brackets of `attribute[…]`: its names are sub-attributes.
  public static Filter parseValueFilter(String text, Attribute attribute, Reading reading) {
    return whole(text, new Names.OfValue(attribute), reading);
  }

  private static Filter whole(String text, Names names, Reading reading) {
    if (text.length() > CHARACTERS_MAX) {
      throw ScimException.bad(
          ScimType.invalidFilter, "filter: longer than " + CHARACTERS_MAX + " characters");
    }
    var parser = new FilterParser(Lexer.tokens(text), reading);
    var filter = parser.or(names);
    parser.expect(Kind.END, "'and', 'or' or the end");
    return filter;
  }

  private Filter or(Names names) {
    var left = and(names);
    while (skipWord("or")) left = new Filter.Or(left, and(names));
    return left;
  }

  private Filter and(Names names) {
    var left = term(names);
    while (skipWord("and")) left = new Filter.And(left, term(names));
    return left;
  }

  private Filter term(Names names) {
    if (peek().isWord("not") && tokens.get(at + 1).kind() == Kind.OPEN) {
      at++;
      return new Filter.Not(group(names));
    }
    return peek().kind() == Kind.OPEN ? group(names) : attribute(names);
  }

  private Filter group(Names names) {
    expect(Kind.OPEN, "'('");
    deeper();
    var inner = or(names);
    expect(Kind.CLOSE, "'and', 'or' or ')'");
    depth--;
    return inner;
  }

  private Filter attribute(Names names) {
    requireFew();
    var name = expect(Kind.WORD, "an attribute, 'not' or '('");
    var found = names.resolve(name.text());
    if (found.isEmpty() && !reading.isTolerant()) {
      throw bad(name, "the name of an attribute" + names.advice(name.text()));
    }
    if (peek().kind() == Kind.OPEN_BRACKET) return valuePath(name, names, found);
    return found.map(this::expression).orElseGet(this::nothing);
  }

  private Filter valuePath(Token name, Names names, Optional<AttributeRef> found) {
    if (!(names instanceof Names.OfResource) || found.filter(a -> !isListed(a)).isPresent()) {
      throw bad(name, "a multi-valued attribute before '['");
    }
    Names inside =
        found.<Names>map(a -> new Names.OfValue(a.attribute())).orElseGet(Names.Unknown::new);
    at++;
    deeper();
    var inner = or(inside);
    expect(Kind.CLOSE_BRACKET, "'and', 'or' or ']'");
    depth--;
    var filter = tail(inner, inside);
    found.filter(AttributeRef::isConcealed).ifPresent(this::requireTolerant);
    return found
        .filter(a -> !a.isConcealed())
        .<Filter>map(a -> new Filter.ValuePath(a, filter))
        .orElseGet(Filter.Nothing::new);
  }

  private static boolean isListed(AttributeRef attribute) {
    return attribute.sub().isEmpty() && attribute.attribute().multiValued();
  }

  /// `emails[type eq "work"].value eq "x"`, which Entra ID asks for, is one more condition on the
  /// same value.
  private Filter tail(Filter inner, Names inside) {
    var next = peek();
    if (next.kind() != Kind.WORD || !next.text().startsWith(".")) return inner;
    at++;
    var name = next.text().substring(1);
    var found = inside.resolve(name);
    if (found.isEmpty() && !reading.isTolerant()) {
      throw bad(next, "a sub-attribute" + inside.advice(name));
    }
    return new Filter.And(inner, found.map(this::expression).orElseGet(this::nothing));
  }

  private Filter expression(AttributeRef attribute) {
    if (attribute.isConcealed()) return concealed(attribute);
    if (skipWord("pr")) return new Filter.Present(attribute);
    var compared = comparable(attribute);
    if (compared.isConcealed()) return concealed(compared);
    var operator = operator(compared);
    return new Filter.Comparison(compared, operator, literal(compared.leaf(), operator));
  }

  private Filter concealed(AttributeRef attribute) {
    requireTolerant(attribute);
    return nothing();
  }

  private void requireTolerant(AttributeRef concealed) {
    if (reading.isTolerant()) return;
    throw new ScimException(
        403, ScimType.sensitive, "filter: '" + concealed + "' cannot be asked for");
  }

  /// `emails` alone stands for `emails.value`.
  private AttributeRef comparable(AttributeRef attribute) {
    if (attribute.leaf().type() != Attribute.Type.COMPLEX) return attribute;
    var value = attribute.sub().isEmpty() ? attribute.attribute().sub("value") : attribute.sub();
    if (attribute.sub().isEmpty() && value.isPresent()) {
      return new AttributeRef(attribute.attribute(), attribute.extension(), value);
    }
    throw bad(peek(), "'pr', or a sub-attribute of '" + attribute + "',");
  }

  private Filter nothing() {
    if (skipWord("pr")) return new Filter.Nothing();
    operatorAt(Set.of(Operator.values()));
    next();
    return new Filter.Nothing();
  }

  private Operator operator(AttributeRef attribute) {
    return operatorAt(Literals.operators(attribute.leaf().type()));
  }

  private Operator operatorAt(Set<Operator> allowed) {
    return allowed.stream()
        .filter(o -> skipWord(o.name()))
        .findFirst()
        .orElseThrow(() -> bad(peek(), "'pr', " + words(allowed)));
  }

  private static String words(Set<Operator> allowed) {
    return Arrays.stream(Operator.values())
        .filter(allowed::contains)
        .map(o -> "'" + o.name().toLowerCase(Locale.ROOT) + "'")
        .collect(Collectors.joining(", "));
  }

  private JsonNode literal(Attribute attribute, Operator operator) {
    var token = next();
    return Literals.read(token, attribute, operator, reading)
        .orElseThrow(() -> bad(token, "a value of type " + attribute.type().wire()));
  }

  private Token next() {
    var token = peek();
    if (token.kind() != Kind.WORD && token.kind() != Kind.STRING) throw bad(token, "a value");
    at++;
    return token;
  }

  private void deeper() {
    if (++depth > DEPTH_MAX) {
      throw ScimException.bad(
          ScimType.invalidFilter, "filter: nested deeper than " + DEPTH_MAX + " levels");
    }
  }

  private void requireFew() {
    if (++conditions > CONDITIONS_MAX) {
      throw ScimException.bad(
          ScimType.invalidFilter, "filter: more than " + CONDITIONS_MAX + " conditions");
    }
  }

  private Token peek() {
    return tokens.get(at);
  }

  private boolean skipWord(String word) {
    if (!peek().isWord(word)) return false;
    at++;
    return true;
  }

  private Token expect(Kind kind, String allowed) {
    var token = peek();
    if (token.kind() != kind) throw bad(token, allowed);
    at = Math.min(at + 1, tokens.size() - 1);
    return token;
  }

  private static ScimException bad(Token token, String allowed) {
    return ScimException.bad(
        ScimType.invalidFilter,
        "filter: at position %d is %s, allowed is %s"
            .formatted(token.position(), token.shown(), allowed));
  }
}
