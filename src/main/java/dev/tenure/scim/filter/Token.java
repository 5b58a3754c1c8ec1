package dev.tenure.scim.filter;

/// A piece of a filter. `position` counts characters from 1; `text` of a `STRING` is unescaped.
record Token(Kind kind, String text, int position) {
  enum Kind {
    WORD,
    STRING,
    OPEN,
    CLOSE,
    OPEN_BRACKET,
    CLOSE_BRACKET,
    END
  }

  boolean isWord(String word) {
    return kind == Kind.WORD && text.equalsIgnoreCase(word);
  }

  /// As it is named in errors; a string is not repeated, for it may be a secret.
  String shown() {
    return switch (kind) {
      case END -> "the end";
      case STRING -> "a string";
      case WORD, OPEN, CLOSE, OPEN_BRACKET, CLOSE_BRACKET ->
          "'" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "'";
    };
  }
}
