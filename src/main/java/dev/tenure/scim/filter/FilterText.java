package dev.tenure.scim.filter;

import dev.tenure.scim.ScimJson;
import java.util.Locale;

/// Writes filters as text, with parentheses only where precedence needs them.
public final class FilterText {
  private FilterText() {}

  /// The filter as text that is read as the same filter again. [Filter.Nothing] is a name that no
  /// schema has, so that text is for tolerant reading only.
  public static String render(Filter filter) {
    return switch (filter) {
      case Filter.And(var left, var right) -> andPart(left, false) + " and " + andPart(right, true);
      case Filter.Or(var left, var right) -> render(left) + " or " + orRight(right);
      case Filter.Not(var inner) -> "not (" + render(inner) + ")";
      case Filter.Present(var ref) -> ref + " pr";
      case Filter.Comparison(var ref, var operator, var value) ->
          ref + " " + operator.name().toLowerCase(Locale.ROOT) + " " + ScimJson.write(value);
      case Filter.ValuePath(var ref, var inner) -> ref + "[" + render(inner) + "]";
      case Filter.Nothing() -> "urn:ietf:params:scim:nothing pr";
    };
  }

  private static String andPart(Filter part, boolean right) {
    var looser = part instanceof Filter.Or || (right && part instanceof Filter.And);
    return looser ? "(" + render(part) + ")" : render(part);
  }

  private static String orRight(Filter part) {
    return part instanceof Filter.Or ? "(" + render(part) + ")" : render(part);
  }
}
