package dev.tenure.config;

import java.util.List;

/// A parsed file: its name as the user gave it, its lines, and what stands in it.
record Document(String file, List<String> lines, Value root) {
  private static final String HEX_ESCAPES = "xuU";

  String at(Place place) {
    return place.in(file);
  }

  /// Where the character at `column` (from 0) of the scalar's text stands. Exact on one line and in
  /// literal blocks; else the line or the start of the scalar.
  Place within(Value.Scalar scalar, int column) {
    var text = scalar.text();
    // what `${env:…}` became has no place of its own
    if (text.contains("${") || column < 0 || column > text.length()) return scalar.place();
    var before = text.substring(0, column);
    return switch (scalar.style()) {
      case PLAIN -> right(scalar.place(), length(before));
      case SINGLE -> right(scalar.place(), 1 + length(before.replace("'", "''")));
      case DOUBLE -> right(scalar.place(), 1 + escaped(scalar.place(), length(before)));
      case LITERAL -> literal(scalar.place(), before);
      case FOLDED -> block(scalar.place(), 1, 0);
      case MANY -> scalar.place();
    };
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static Place right(Place place, int columns) {
    return new Place(place.line(), place.column() + columns);
  }

  private Place literal(Place start, String before) {
    int breaks = (int) before.chars().filter(c -> c == '\n').count();
    return block(start, 1 + breaks, length(before.substring(before.lastIndexOf('\n') + 1)));
  }

  private Place block(Place start, int down, int right) {
    if (start.line() + down > lines.size()) return start;
    var first = lines.get(start.line());
    int indent = first.length() - first.stripLeading().length();
    return new Place(start.line() + down, indent + right + 1);
  }

  /// How many characters of the source the first `count` characters of a double-quoted text take.
  private int escaped(Place start, int count) {
    var source = lines.get(start.line() - 1).codePoints().toArray();
    int from = start.column();
    int at = from;
    for (int i = 0; i < count && at < source.length; i++) {
      at += source[at] == '\\' && at + 1 < source.length ? escape(source[at + 1]) : 1;
    }
    return at - from;
  }

  private static int escape(int letter) {
    int kind = HEX_ESCAPES.indexOf(letter);
    return 2 + (kind < 0 ? 0 : 2 << kind);
  }
}
