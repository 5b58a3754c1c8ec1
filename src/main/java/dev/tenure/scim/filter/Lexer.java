package dev.tenure.scim.filter;

import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.ScimType;
import java.util.ArrayList;
import java.util.List;

/// Cuts a filter into tokens. A word is whatever is neither space, quote nor bracket: attribute
/// paths, operators, numbers and literals.
final class Lexer {
  private static final String ENDS_WORD = "()[]\"";
  private final String text;
  private int at;

  private Lexer(String text) {
    this.text = text;
  }

  static List<Token> tokens(String text) {
    var lexer = new Lexer(text);
    var tokens = new ArrayList<Token>();
    do {
      tokens.add(lexer.next());
    } while (tokens.getLast().kind() != Token.Kind.END);
    return tokens;
  }

  private Token next() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) at++;
    if (at == text.length()) return new Token(Token.Kind.END, "", at + 1);
    return switch (text.charAt(at)) {
      case '(' -> sign(Token.Kind.OPEN);
      case ')' -> sign(Token.Kind.CLOSE);
      case '[' -> sign(Token.Kind.OPEN_BRACKET);
      case ']' -> sign(Token.Kind.CLOSE_BRACKET);
      case '"' -> string();
      default -> word();
    };
  }

  private Token sign(Token.Kind kind) {
    at++;
    return new Token(kind, text.substring(at - 1, at), at);
  }

  private Token word() {
    var start = at;
    while (at < text.length() && isPartOfWord(text.charAt(at))) at++;
    return new Token(Token.Kind.WORD, text.substring(start, at), start + 1);
  }

  private static boolean isPartOfWord(char c) {
    return !Character.isWhitespace(c) && ENDS_WORD.indexOf(c) < 0;
  }

  private Token string() {
    var start = at++;
    while (at < text.length() && text.charAt(at) != '"') at += text.charAt(at) == '\\' ? 2 : 1;
    if (at >= text.length()) throw bad(start, "a string that does not end");
    at++;
    return new Token(Token.Kind.STRING, unescaped(start), start + 1);
  }

  /// Strings are those of JSON (RFC 7644 §3.4.2.2 `compValue`), escapes and all.
  private String unescaped(int start) {
    try {
      var plain = text.substring(start + 1, at - 1);
      var value = isPlain(plain) ? plain : ScimJson.read(text.substring(start, at)).asString();
      if (ScimJson.isStorable(value)) return value;
    } catch (ScimException e) {
      throw bad(start, "a string that is not valid JSON");
    }
    throw bad(start, "a string with a character that no text can hold");
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) == '\\') return false;
    }
    return true;
  }

  private static ScimException bad(int start, String found) {
    return ScimException.bad(
        ScimType.invalidFilter, "filter: at position " + (start + 1) + " is " + found);
  }
}
