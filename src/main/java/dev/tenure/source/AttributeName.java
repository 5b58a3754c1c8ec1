package dev.tenure.source;

import java.util.Set;

/// The name under which expressions know an attribute of a source.
public final class AttributeName {
  // Words of CEL, and its types: an attribute of such a name gets a `_` behind it.
  private static final Set<String> WORDS =
      Set.of(
          "as",
          "break",
          "const",
          "continue",
          "else",
          "false",
          "for",
          "function",
          "if",
          "import",
          "in",
          "let",
          "loop",
          "package",
          "namespace",
          "null",
          "return",
          "true",
          "var",
          "void",
          "while",
          "bool",
          "bytes",
          "double",
          "dyn",
          "int",
          "list",
          "map",
          "null_type",
          "string",
          "type",
          "uint");

  private AttributeName() {}

  /// `Employee Number` → `Employee_Number`, `msDS-cloud` → `msDS_cloud`, `2nd` → `_2nd`, `type` →
  /// `type_`. Only `A-Z a-z 0-9 _` remain; empty where nothing does.
  public static String of(String original) {
    var name = new StringBuilder();
    original
        .strip()
        .chars()
        .forEach(c -> name.append(c < 128 && Character.isLetterOrDigit(c) ? (char) c : '_'));
    if (name.chars().allMatch(c -> c == '_')) return "";
    if (Character.isDigit(name.charAt(0))) name.insert(0, '_');
    if (WORDS.contains(name.toString())) name.append('_');
    return name.toString();
  }
}
