package dev.tenure.book;

import java.util.List;

/// A part of the table of contents, with its pages in the order in which one reads them.
public record Chapter(String title, List<Entry> entries) {
  public Chapter {
    entries = List.copyOf(entries);
  }

  /// A line of it; `path` as in [Page].
  public record Entry(String path, String title) {}
}
