package dev.tenure.config;

import java.util.Comparator;

/// A place in the file; both count from 1, the column in characters as an editor counts them.
record Place(int line, int column) implements Comparable<Place> {
  static final Place START = new Place(1, 1);
  private static final Comparator<Place> ORDER =
      Comparator.comparingInt(Place::line).thenComparingInt(Place::column);

  /// `file:line:column`.
  String in(String file) {
    return file + ":" + line + ":" + column;
  }

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }
}
